// SPDX-License-Identifier: GPL-3.0-or-later
// Stands in for libnvidia-ml.so.1: two GPUs of a known load, the second without a thermometer.
#include <cstring>

namespace {

struct Utilisation {
    unsigned chip, memory;
};
struct Memory {
    unsigned long long total, free, used;
};
int gpus[2];  // the addresses are the handles

}  // namespace

extern "C" {

int nvmlInit_v2() {
    return 0;
}
int nvmlShutdown() {
    return 0;
}
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void** device) {
    if (index > 1) return 2;  // invalid argument
    *device = &gpus[index];
    return 0;
}
int nvmlDeviceGetHandleByUUID(const char* uuid, void** device) {
    if (std::strcmp(uuid, "GPU-second") != 0) return 6;  // not found
    *device = &gpus[1];
    return 0;
}
int nvmlDeviceGetUtilizationRates(void* device, Utilisation* utilisation) {
    *utilisation = {device == &gpus[0] ? 93U : 7U, 40U};
    return 0;
}
int nvmlDeviceGetMemoryInfo(void* device, Memory* memory) {
    const unsigned long long used = device == &gpus[0] ? 21'000'000'000ULL : 1'000'000'000ULL;
    *memory = {80'000'000'000ULL, 80'000'000'000ULL - used, used};
    return 0;
}
int nvmlDeviceGetTemperature(void* device, int, unsigned* celsius) {
    if (device != &gpus[0]) return 3;  // not supported
    *celsius = 61;
    return 0;
}
}
