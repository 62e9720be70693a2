/// Which files vips may open.
///
/// It also reads formats whose decoders are not made for strangers' files.
enum VipsInput {
    /// The file as vips is to open it, from top to bottom only; nil when it is of no format that vips
    /// is handed.
    ///
    /// The brackets keep vips from taking others, in the name, for options.
    static func argument(_ path: String) throws(ServiceError) -> String? {
        let start = try FileDescriptor.reading(path).read(12)
        let beginnings: [[UInt8]] = [
            [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF],
            [0x49, 0x49, 0x2A, 0], [0x4D, 0x4D, 0, 0x2A],
            [0x49, 0x49, 0x2B, 0], [0x4D, 0x4D, 0, 0x2B],
        ]
        let isWebP =
            start.starts(with: Array("RIFF".utf8)) && start.suffix(4).elementsEqual("WEBP".utf8)
        guard isWebP || beginnings.contains(where: { start.starts(with: $0) }) else { return nil }
        return path + "[access=sequential]"
    }

    static func unreadable(_ failure: ExternalProgram.Failure) -> ServiceError {
        failure.error(
            "image_unreadable",
            "This image",
            "Convert it to a PNG, JPEG, TIFF or WebP file."
        )
    }
}
