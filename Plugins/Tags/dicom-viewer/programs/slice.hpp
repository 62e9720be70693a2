// One DICOM file: what it says of its series, and its pixels.
#pragma once

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dctk.h>

#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace dicom {

/// Unsigned values, row by row; the samples of a pixel side by side.
struct Frame {
    uint32_t columns = 0, rows = 0;
    unsigned samples = 1; ///< 1 gray, 3 red, green, blue.
    bool is_wide = false; ///< 16 bits a value, else 8.
    std::vector<uint16_t> values;
};

struct Slice {
    std::string path, series_uid, title, modality;
    uint16_t rows = 0, columns = 0, samples = 1;
    uint16_t bits_allocated = 8, bits_stored = 8, high_bit = 7;
    bool is_signed = false, is_inverted = false;
    double slope = 1, intercept = 0;
    std::optional<std::array<double, 2>> spacing; ///< Millimeters: between rows, between columns.
    std::optional<std::array<double, 2>> window;  ///< Center and width.
    std::optional<double> place;                  ///< Along the normal of the slices.
    int32_t instance = 0;

    /// What is subtracted from values so that they have no sign.
    int32_t offset() const { return is_signed ? -(1 << (bits_stored - 1)) : 0; }

    /// Slices of one task have the same shape, too.
    std::string series_key() const {
        return series_uid + "/" + std::to_string(rows) + "/" + std::to_string(columns) + "/" +
               std::to_string(samples);
    }

    /// Nothing when the file is no DICOM file, or has no image.
    static std::optional<Slice> read_header(const std::string &path);

    /// All frames of the file.
    std::vector<Frame> decode() const;
};

inline bool lies_before(const Slice &a, const Slice &b) {
    if (a.place && b.place && *a.place != *b.place) {
        return *a.place < *b.place;
    }
    return a.instance < b.instance;
}

namespace detail {

inline std::string text_of(DcmDataset &data, const DcmTagKey &key) {
    OFString text;
    data.findAndGetOFStringArray(key, text);
    return std::string(text.c_str(), text.length());
}

inline std::optional<double> number_of(DcmDataset &data, const DcmTagKey &key,
                                       unsigned long at = 0) {
    Float64 number = 0;
    return data.findAndGetFloat64(key, number, at).good() ? std::optional<double>(number)
                                                          : std::nullopt;
}

/// DCMTK gives 0 for what is not there.
inline uint16_t count_of(DcmDataset &data, const DcmTagKey &key, uint16_t usual) {
    Uint16 count = 0;
    return data.findAndGetUint16(key, count).good() ? count : usual;
}

inline std::optional<std::array<double, 2>> pair_of(DcmDataset &data, const DcmTagKey &key) {
    auto first = number_of(data, key, 0), second = number_of(data, key, 1);
    if (!first || !second || *first <= 0 || *second <= 0) {
        return std::nullopt;
    }
    return std::array<double, 2>{*first, *second};
}

/// How far the slice lies along the normal of its plane.
inline std::optional<double> place_of(DcmDataset &data) {
    double position[3], direction[6];
    for (unsigned long i = 0; i < 6; i++) {
        auto number = number_of(data, DCM_ImageOrientationPatient, i);
        if (!number) {
            return std::nullopt;
        }
        direction[i] = *number;
    }
    for (unsigned long i = 0; i < 3; i++) {
        auto number = number_of(data, DCM_ImagePositionPatient, i);
        if (!number) {
            return std::nullopt;
        }
        position[i] = *number;
    }
    const double *r = direction, *c = direction + 3;
    return position[0] * (r[1] * c[2] - r[2] * c[1]) + position[1] * (r[2] * c[0] - r[0] * c[2]) +
           position[2] * (r[0] * c[1] - r[1] * c[0]);
}

} // namespace detail

inline std::optional<Slice> Slice::read_header(const std::string &path) {
    using namespace detail;
    DcmFileFormat file;
    // Larger elements are read when they are asked for: pixels are not, here.
    if (file.loadFile(path.c_str(), EXS_Unknown, EGL_noChange, 256, ERM_fileOnly).bad()) {
        return std::nullopt;
    }
    DcmDataset &data = *file.getDataset();
    Slice slice;
    slice.path = path;
    if (data.findAndGetUint16(DCM_Rows, slice.rows).bad() ||
        data.findAndGetUint16(DCM_Columns, slice.columns).bad() || !data.tagExists(DCM_PixelData) ||
        slice.rows == 0 || slice.columns == 0) {
        return std::nullopt;
    }
    slice.samples = count_of(data, DCM_SamplesPerPixel, 1);
    slice.bits_allocated = count_of(data, DCM_BitsAllocated, 8);
    slice.bits_stored = count_of(data, DCM_BitsStored, slice.bits_allocated);
    slice.high_bit = count_of(data, DCM_HighBit, static_cast<uint16_t>(slice.bits_stored - 1));
    const uint16_t representation = count_of(data, DCM_PixelRepresentation, 0);
    slice.is_signed = representation == 1;
    slice.is_inverted = text_of(data, DCM_PhotometricInterpretation) == "MONOCHROME1";
    slice.series_uid = text_of(data, DCM_SeriesInstanceUID);
    slice.modality = text_of(data, DCM_Modality);
    slice.title = text_of(data, DCM_SeriesDescription);
    slice.slope = number_of(data, DCM_RescaleSlope).value_or(1);
    slice.intercept = number_of(data, DCM_RescaleIntercept).value_or(0);
    slice.spacing = pair_of(data, DCM_PixelSpacing);
    if (!slice.spacing) {
        slice.spacing = pair_of(data, DCM_ImagerPixelSpacing);
    }
    auto center = number_of(data, DCM_WindowCenter), width = number_of(data, DCM_WindowWidth);
    if (center && width && *width >= 1) {
        slice.window = std::array<double, 2>{*center, *width};
    }
    slice.place = place_of(data);
    slice.instance = static_cast<int32_t>(number_of(data, DCM_InstanceNumber).value_or(0));
    return slice;
}

inline std::vector<Frame> Slice::decode() const {
    auto refuse = [this](const std::string &why) { return std::runtime_error(path + ": " + why); };
    if ((samples != 1 && samples != 3) || (bits_allocated != 8 && bits_allocated != 16) ||
        bits_stored == 0 || bits_stored > bits_allocated || high_bit >= bits_allocated) {
        throw refuse("images of " + std::to_string(samples) + " samples of " +
                     std::to_string(bits_allocated) + " bits are not read");
    }
    DcmFileFormat file;
    OFCondition state = file.loadFile(path.c_str());
    if (state.good()) {
        state = file.getDataset()->chooseRepresentation(EXS_LittleEndianExplicit, nullptr);
    }
    if (state.bad() || !file.getDataset()->canWriteXfer(EXS_LittleEndianExplicit)) {
        throw refuse(std::string("the pixels cannot be decoded: ") + state.text());
    }
    DcmDataset &data = *file.getDataset();
    const int count = static_cast<int>(detail::number_of(data, DCM_NumberOfFrames).value_or(1));
    const uint16_t planar = detail::count_of(data, DCM_PlanarConfiguration, 0);
    const Uint8 *narrow = nullptr;
    const Uint16 *wide = nullptr;
    unsigned long length = 0;
    state = bits_allocated == 8 ? data.findAndGetUint8Array(DCM_PixelData, narrow, &length)
                                : data.findAndGetUint16Array(DCM_PixelData, wide, &length);
    const size_t plane = static_cast<size_t>(rows) * columns, each = plane * samples;
    if (state.bad() || count < 1 || length < each * static_cast<size_t>(count)) {
        throw refuse("there are fewer pixels than the file says");
    }
    const unsigned shift = high_bit + 1u > bits_stored ? high_bit + 1u - bits_stored : 0;
    const uint32_t mask = bits_stored >= 16 ? 0xffffu : (1u << bits_stored) - 1u;
    const uint32_t sign = is_signed ? 1u << (bits_stored - 1) : 0;
    std::vector<Frame> frames;
    for (int number = 0; number < count; number++) {
        Frame frame{columns, rows, samples, bits_allocated == 16, std::vector<uint16_t>(each)};
        const size_t start = each * static_cast<size_t>(number);
        for (size_t i = 0; i < each; i++) {
            // Planes of colors are laid side by side, pixel by pixel.
            const size_t from = samples == 3 && planar == 1 ? (i % 3) * plane + i / 3 : i;
            const uint32_t stored = narrow ? narrow[start + from] : wide[start + from];
            // With the sign bit turned over, the order of signed values is that of unsigned ones.
            frame.values[i] = static_cast<uint16_t>(((stored >> shift) & mask) ^ sign);
        }
        frames.push_back(std::move(frame));
    }
    return frames;
}

} // namespace dicom
