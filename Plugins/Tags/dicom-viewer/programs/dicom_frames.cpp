// dicom-frames: makes of DICOM files what the DicomViewer tag shows.
//
//   dicom-frames SCANS FRAMES ADDRESS
//
// reads all DICOM files below the folder SCANS, writes their slices as PNG files of 8 or 16 bits
// into the folder FRAMES, and FRAMES/tasks.json with a task for each series, ready to be imported.
// ADDRESS is what the daemon calls the folder FRAMES, such as "/data/local-files/?d=scans".
//
// Pixels are decoded by DCMTK: uncompressed ones, JPEG (baseline to lossless), JPEG-LS and RLE.
// Values are written as they are stored, without window or rescaling, so that no bit is lost.
// Nothing that names a patient is taken over.

#include "png_file.hpp"
#include "slice.hpp"
#include "task_text.hpp"

#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

namespace fs = std::filesystem;
using dicom::Slice;

namespace {

/// Files of a folder and those below it, sorted, so that the same scans give the same tasks.
std::vector<fs::path> files_below(const fs::path &folder) {
    std::vector<fs::path> files;
    for (const auto &entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// Slices that belong together, in the order in which they lie in the patient.
using Series = std::map<std::string, std::vector<Slice>>;

Series read_all(const fs::path &folder) {
    Series series;
    for (const fs::path &file : files_below(folder)) {
        std::optional<Slice> slice = Slice::read_header(file.string());
        if (slice) {
            series[slice->series_key()].push_back(std::move(*slice));
        }
    }
    for (auto &[key, slices] : series) {
        std::stable_sort(slices.begin(), slices.end(), dicom::lies_before);
    }
    return series;
}

std::string numbered(size_t series, size_t frame) {
    char name[48];
    std::snprintf(name, sizeof name, "series-%03zu/%05zu.png", series, frame);
    return name;
}

/// Writes the frames of a series; gives its task.
std::string write_series(const std::vector<Slice> &slices, size_t number, const fs::path &target,
                         const std::string &address) {
    std::vector<std::string> addresses;
    for (const Slice &slice : slices) {
        for (const dicom::Frame &frame : slice.decode()) {
            std::string name = numbered(number, addresses.size() + 1);
            fs::create_directories((target / name).parent_path());
            dicom::write_png((target / name).string(), frame);
            addresses.push_back(address + "/" + name);
        }
    }
    std::printf("series %zu: %zu slices, %s\n", number, addresses.size(),
                slices.front().title.c_str());
    return dicom::task_text(slices.front(), addresses);
}

int run(const fs::path &source, const fs::path &target, std::string address) {
    while (!address.empty() && address.back() == '/') {
        address.pop_back();
    }
    fs::create_directories(target);
    std::string tasks;
    size_t number = 0;
    for (const auto &[key, slices] : read_all(source)) {
        number++;
        tasks += (number > 1 ? ",\n" : "") + write_series(slices, number, target, address);
    }
    if (number == 0) {
        std::fprintf(stderr, "dicom-frames: there are no DICOM images below %s\n",
                     source.string().c_str());
        return 1;
    }
    std::ofstream file(target / "tasks.json", std::ios::binary);
    file << "[" << tasks << "]\n";
    file.close();
    if (!file) {
        std::fprintf(stderr, "dicom-frames: %s cannot be written\n",
                     (target / "tasks.json").string().c_str());
        return 1;
    }
    return 0;
}

} // namespace

int main(int count, char **arguments) {
    if (count != 4) {
        std::fprintf(
            stderr, "usage: dicom-frames SCANS FRAMES ADDRESS\n\n"
                    "Decodes the DICOM files below the folder SCANS into PNG files in the folder "
                    "FRAMES,\nwhich the daemon serves as ADDRESS, and writes FRAMES/tasks.json.\n");
        return 64;
    }
    DJDecoderRegistration::registerCodecs();
    DJLSDecoderRegistration::registerCodecs();
    DcmRLEDecoderRegistration::registerCodecs();
    int status = 1;
    try {
        status = run(arguments[1], arguments[2], arguments[3]);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "dicom-frames: %s\n", error.what());
    }
    DcmRLEDecoderRegistration::cleanup();
    DJLSDecoderRegistration::cleanup();
    DJDecoderRegistration::cleanup();
    return status;
}
