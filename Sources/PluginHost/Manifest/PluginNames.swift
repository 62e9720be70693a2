/// Which names a manifest may give to things.
enum PluginNames {
    /// Reverse DNS in lower case with at least one dot: `org.example.my-plugin`; at most 128 bytes.
    static func isPluginID(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 128 && parts.count >= 2 && parts.allSatisfy(isDomainLabel)
    }

    /// `name/revision`, such as `postil.exporter/1`.
    static func isCapabilityID(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let revision = UInt32(parts[1]), revision > 0 else { return false }
        let labels = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 128 && labels.count >= 2 && labels.allSatisfy(isDomainLabel)
    }

    /// Letters, digits, `_`, `-` and `.`, a letter first; at most 64 bytes.
    static func isCapabilityName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isASCIILetterOrDigit, text.utf8.count <= 64 else {
            return false
        }
        return text.utf8.allSatisfy {
            $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
                || $0 == UInt8(ascii: ".")
        }
    }

    /// A name that a tag can have in a labeling config: letters and digits, a letter first; at
    /// most 64 bytes.
    static func isTagName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.count <= 64 && text.utf8.allSatisfy(\.isASCIILetterOrDigit)
    }

    private static func isDomainLabel(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 63 else {
            return false
        }
        let hyphen = UInt8(ascii: "-")
        return first != hyphen && last != hyphen
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == hyphen
            }
    }
}
