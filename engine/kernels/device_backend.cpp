// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/device_backend.h"

#include <dlfcn.h>

#include <array>
#include <exception>
#include <filesystem>
#include <system_error>

namespace kernels {
namespace {

constexpr const char* kLibraryName = "libengine_cuda.so";
constexpr const char* kFactoryName = "sparsityCudaBackend";

struct Loaded {
    DeviceBackend* backend = nullptr;  // lives in the library, which is never unloaded
    std::string reason;
};

std::string lastLoaderError() {
    const char* message = dlerror();
    return message ? message : "no reason given";
}

/// Beside the program, or in lib/ beside its folder (build folder and installation alike).
std::filesystem::path findLibrary() {
    std::error_code ignored;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    const std::array candidates{folder / kLibraryName, folder.parent_path() / "lib" / kLibraryName};
    for (const auto& candidate : candidates)
        if (std::filesystem::exists(candidate, ignored)) return candidate;
    return {};
}

bool driverIsPresent() {
    void* driver = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL);
    if (!driver) return false;
    dlclose(driver);
    return true;
}

Loaded askForBackend(void* library) {
    using Factory = DeviceBackend* (*)();
    const auto factory = reinterpret_cast<Factory>(dlsym(library, kFactoryName));
    if (!factory)
        return {nullptr, std::string(kLibraryName) + " does not belong to this program: " +
                             lastLoaderError() + "; build both from the same source."};
    try {
        DeviceBackend* backend = factory();
        if (backend->deviceCount() > 0) return {backend, ""};
        return {nullptr,
                "An NVIDIA driver is installed, but it offers no CUDA device; check nvidia-smi."};
    } catch (const std::exception& error) {
        const std::string text = error.what();
        return {nullptr, "CUDA could not be started: " + text.substr(0, text.find('\n'))};
    }
}

Loaded load() {
    if (!driverIsPresent())
        return {nullptr, "No NVIDIA driver is installed (libcuda.so.1 was not found)."};
    const auto path = findLibrary();
    if (path.empty())
        return {nullptr, "This program was built without its CUDA part (" +
                             std::string(kLibraryName) +
                             "); install the CUDA Toolkit 13.0 and build again."};
    void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return {nullptr, "The CUDA part could not be loaded: " + lastLoaderError() +
                             "; run packaging/fetch_libtorch.sh --cuda."};
    return askForBackend(library);
}

const Loaded& loaded() {
    static const Loaded result = load();
    return result;
}

}  // namespace

DeviceBackend* cudaBackend() {
    return loaded().backend;
}

const std::string& cudaUnavailableReason() {
    return loaded().reason;
}

}  // namespace kernels
