// The name that an image has inside an export.
#pragma once

#include "md5.hpp"
#include "safe_name.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace postil {

inline std::string percent_decoded(std::string_view text) {
    auto digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                      : -1;
    };
    std::string out;
    for (size_t i = 0; i < text.size(); i++) {
        int high = -1, low = -1;
        if (text[i] == '%' && i + 2 < text.size()) {
            high = digit(text[i + 1]), low = digit(text[i + 2]);
        }
        if (high >= 0 && low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

/// Whether an address is that of a file that was uploaded alone, `…/<project>/<8 hex>-<name>`: no
/// other has its name. Folders come in with names that others have, too.
inline bool is_single_upload(std::string_view address) {
    static constexpr std::string_view uploads = "/data/upload/";
    size_t at = address.find(uploads);
    if (at == std::string_view::npos) {
        return false;
    }
    std::string_view path = address.substr(at + uploads.size());
    size_t project = path.find('/');
    return project == std::string_view::npos ||
           path.find('/', project + 1) == std::string_view::npos;
}

/// The name without folders, as Label Studio's converter makes it: uploads keep theirs
/// (`<8 hex>-<name>`), any other address becomes `<first 8 hex of its MD5>__<name>`. Never more
/// than 251 bytes, and nothing in it leads out of a folder.
inline std::string image_name(std::string_view address) {
    static constexpr std::string_view local_files = "/data/local-files/?d=";
    std::string path;
    bool is_upload = is_single_upload(address);
    size_t local = address.find(local_files);
    if (local != std::string_view::npos) {
        path = percent_decoded(address.substr(local + local_files.size()));
    } else {
        path = percent_decoded(address.substr(0, address.find_first_of("?#")));
    }
    std::string name = path.substr(path.find_last_of("/\\") + 1);
    // As the URL standard has it: these three are no part of an address.
    for (char blank : {'\t', '\n', '\r'}) {
        name.erase(std::remove(name.begin(), name.end(), blank), name.end());
    }
    name = safe_name(name, SIZE_MAX);
    if (!is_upload) {
        name = MD5::hex(address, 8) + "__" + name;
    }
    if (name.size() > 251) {
        size_t extension = name.find_last_of('.');
        std::string tail = extension != std::string::npos && name.size() - extension <= 8
                               ? name.substr(extension)
                               : std::string();
        size_t keep = 251 - tail.size();
        while (keep > 0 && (static_cast<unsigned char>(name[keep]) & 0xC0) == 0x80) {
            keep--;
        }
        name = name.substr(0, keep) + tail;
    }
    return name;
}

/// The same name without its extension.
inline std::string image_stem(std::string_view address) {
    std::string name = image_name(address);
    size_t dot = name.find_last_of('.');
    return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

} // namespace postil
