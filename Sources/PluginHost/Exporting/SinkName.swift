/// Which names and media types a plugin may give to the files of an export.
enum SinkName {
    /// A sentence that says what is wrong with the name; `nil` when nothing is.
    static func problem(_ name: String) -> String? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        if name.isEmpty { return "A file needs a name." }
        if name.utf8.count > 1024 { return "The name of a file has at most 1024 bytes." }
        if name.hasPrefix("/") { return "The name of a file is relative." }
        for part in parts {
            if part.isEmpty || part == "." || part == ".." {
                return "A part of a file's name is empty or made of dots."
            }
            if part.utf8.count > 255 { return "A part of a file's name has at most 255 bytes." }
        }
        let isPrintable = name.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control: false
            // Persian words and many emoji are spelled with these two.
            case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
            default: scalar != "\\"
            }
        }
        return isPrintable ? nil : "The name of a file has no control characters and no backslash."
    }

    /// ASCII without blanks at the ends, at most 127 bytes; empty is fine.
    static func isMediaType(_ text: String) -> Bool {
        text.utf8.count <= 127 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }
}
