// Addresses of files, as far as their names tell what the files are.
#pragma once

#include "image_name.hpp"

#include <string>
#include <string_view>

namespace doclang {

inline bool starts_with(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

inline std::string lower(std::string_view text) {
    std::string made(text);
    for (char &c : made) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return made;
}

/// The last part of the path behind an address: that of the address itself, or of `d=` in its
/// query, by which local files go.
inline std::string last_part(std::string_view address) {
    std::string_view before = address.substr(0, address.find('#'));
    std::string_view path = before.substr(0, before.find('?'));
    std::string name(path.substr(path.find_last_of('/') + 1));
    if (name.find('.') == std::string::npos && path.size() < before.size()) {
        std::string_view query = before.substr(path.size() + 1);
        for (size_t at = 0; at < query.size();) {
            size_t end = std::min(query.find('&', at), query.size());
            std::string_view part = query.substr(at, end - at);
            if (starts_with(part, "d=")) {
                std::string file = postil::percent_decoded(part.substr(2));
                return file.substr(file.find_last_of('/') + 1);
            }
            at = end + 1;
        }
    }
    return name;
}

/// The extension with its dot, in lower case; empty when there is none.
inline std::string extension(std::string_view name) {
    size_t dot = name.find_last_of('.');
    std::string found =
        dot == std::string_view::npos || dot == 0 ? std::string() : lower(name.substr(dot));
    return found == ".jpe" ? ".jpg" : found;
}

inline bool is_image(std::string_view extension) {
    return extension == ".png" || extension == ".jpg" || extension == ".jpeg" ||
           extension == ".webp";
}

/// What a page's image is called behind its number. PNG when nothing says more.
inline std::string page_extension(std::string_view address) {
    std::string found;
    if (starts_with(address, "data:")) {
        std::string_view type = address.substr(5, address.find_first_of(";,") - 5);
        size_t slash = type.find('/');
        found = slash == std::string_view::npos ? "" : "." + lower(type.substr(slash + 1));
        found = found == ".jpeg" ? ".jpg" : found;
    } else {
        found = extension(last_part(address));
    }
    return is_image(found) ? found : ".png";
}

/// What a file that a document refers to is called in the archive: empty for references that are
/// left as they are. Those with another scheme than HTTP's, and files that are no images.
inline std::string asset_name(std::string_view address) {
    bool is_here = starts_with(address, "/data/") || starts_with(address, "http://") ||
                   starts_with(address, "https://");
    std::string name = last_part(address), end = extension(name);
    if (!is_here || (!end.empty() && end != ".svg" && !is_image(end))) {
        return "";
    }
    size_t dot = name.find_last_of('.');
    std::string stem = dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
    return postil::safe_name((stem.empty() ? "image" : stem) + (end.empty() ? ".png" : end), 251);
}

} // namespace doclang
