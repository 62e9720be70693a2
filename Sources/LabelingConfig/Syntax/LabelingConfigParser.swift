/// Reads the XML text of a labeling config into a ``ConfigTree``.
///
/// 1. The length is checked before anything else looks at the text.
/// 2. The text must be UTF-8; an encoding that the XML declaration names is not believed.
/// 3. libxml2 parses, without network, document types or entities other than XML's own five. The
///    first error ends it.
///
/// The parser knows no tag: names, places and nesting are all it keeps. It is pure and may be used
/// from any thread.
public struct LabelingConfigParser: Sendable {
    public var limits: LabelingConfigLimits

    public init(limits: LabelingConfigLimits = .standard) {
        self.limits = limits
    }

    /// Parses a text.
    ///
    /// - Throws: A problem with code `config_xml`, `config_doctype`, `config_too_large` or
    ///   `config_too_deep`, with its place.
    public func parse(_ text: String) throws(ConfigProblem) -> ConfigTree {
        try checkLength(text.utf8.count)
        return try parse(Array(text.utf8))
    }

    /// Parses bytes that came from outside and may be anything.
    ///
    /// - Throws: See ``parse(_:)-(String)``.
    public func parse(_ bytes: [UInt8]) throws(ConfigProblem) -> ConfigTree {
        try checkLength(bytes.count)
        let text = try Self.withoutByteOrderMark(bytes)
        guard let source = String(validating: text, as: UTF8.self) else {
            throw Self.notUTF8(text)
        }
        var places = PlaceCursor(text)
        if let null = text.firstIndex(of: 0) {
            throw ConfigProblem(
                .xml,
                "The config holds a NUL character, which XML does not allow.",
                at: places.place(at: null),
                hint: "Save the config as UTF-8 text."
            )
        }
        guard text.contains(where: { !XMLText.isSpace($0) }) else {
            throw ConfigProblem(
                .xml,
                "The config is empty.",
                at: SourcePlace(line: 1, column: 1),
                hint: "Start with <View></View>."
            )
        }
        let builder = ConfigTreeBuilder(text: text, limits: limits)
        let root = try XMLEventSource.parse(text, into: builder)
        return ConfigTree(source: source, root: root, outerComments: builder.outerComments)
    }

    private func checkLength(_ count: Int) throws(ConfigProblem) {
        guard count > limits.bytes else { return }
        throw ConfigProblem(
            .tooLarge,
            "The config has \(count) bytes; at most \(limits.bytes) are allowed.",
            hint: "Load long lists of labels from the task's data: value=\"$labels\"."
        )
    }

    private static func withoutByteOrderMark(_ bytes: [UInt8]) throws(ConfigProblem) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    private static func notUTF8(_ bytes: [UInt8]) -> ConfigProblem {
        var places = PlaceCursor(bytes)
        return ConfigProblem(
            .xml,
            "The config is not UTF-8 text.",
            at: places.place(at: XMLText.validUTF8Prefix(bytes)),
            hint: "Save the file as UTF-8."
        )
    }
}
