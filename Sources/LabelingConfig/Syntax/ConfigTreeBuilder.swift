/// Puts the tree together from the parser's events, and watches the limits.
///
/// 1. Events come in the order of the text: ``startTag``, ``text``, ``endTag``, ``comment``.
/// 2. The first problem stays in ``problem``; whoever sends events stops then, and events that
///    still come are ignored.
/// 3. ``root`` is there after the root's ``endTag``.
///
/// Every `offset` counts bytes of the text and is where the parser stands at the event.
final class ConfigTreeBuilder {
    private(set) var problem: ConfigProblem?
    private(set) var root: ConfigTag?
    private(set) var outerComments: [String] = []

    private let text: [UInt8]
    private let limits: LabelingConfigLimits
    private var places: PlaceCursor
    private var open: [OpenTag] = []
    private var tagCount = 0
    /// Tags open inside a tag that takes markup.
    ///
    /// They are counted, not kept.
    private var markupDepth = 0

    private struct OpenTag {
        let name: String
        let attributes: [ConfigAttribute]
        let place: SourcePlace
        /// Byte offset after the start tag; markup begins here.
        let contentStart: Int
        var children: [ConfigTag] = []
        var content: [UInt8] = []
    }

    init(text: [UInt8], limits: LabelingConfigLimits) {
        self.text = text
        self.limits = limits
        places = PlaceCursor(text)
    }

    // MARK: Events

    /// A start tag was read up to its `>` or `/>`.
    ///
    /// - Parameters:
    ///   - name: The qualified name.
    ///   - values: The attributes' values by qualified name, namespace declarations too.
    ///   - offset: Where the `>` or `/>` stands.
    func startTag(_ name: String, values: [String: String], offset: Int) {
        guard problem == nil else { return }
        let start = StartTagScanner.start(of: offset, in: text)
        let place = places.place(at: start)
        tagCount += 1
        guard isWithinLimits(name, attributeCount: values.count, at: place) else { return }
        if isInMarkup {
            markupDepth += 1
            return
        }
        let attributes = StartTagScanner.attributes(in: text, from: start, to: offset).map {
            ConfigAttribute(
                name: $0.name,
                value: values[$0.name] ?? "",
                place: places.place(at: $0.offset)
            )
        }
        open.append(
            OpenTag(name: name, attributes: attributes, place: place, contentStart: offset + 1)
        )
    }

    func text(_ bytes: some Sequence<UInt8>) {
        guard problem == nil, !open.isEmpty, !isInMarkup else { return }
        open[open.count - 1].content.append(contentsOf: bytes)
    }

    /// An end tag was read, or a tag that ended itself.
    func endTag(offset: Int) {
        guard problem == nil else { return }
        if markupDepth > 0 {
            markupDepth -= 1
            return
        }
        guard let tag = open.popLast() else { return }
        let closed = ConfigTag(
            name: tag.name,
            attributes: tag.attributes,
            children: tag.children,
            content: content(of: tag, endingAt: offset),
            place: tag.place
        )
        if open.isEmpty {
            root = closed
        } else {
            open[open.count - 1].children.append(closed)
        }
    }

    func comment(_ text: String) {
        guard problem == nil, open.isEmpty else { return }
        outerComments.append(text)
    }

    func documentType(offset: Int) {
        guard problem == nil else { return }
        let opening = Array("<!DOCTYPE".utf8)
        var start = StartTagScanner.start(of: offset, in: text)
        while start > 0, !text[start...].starts(with: opening) {
            start = StartTagScanner.start(of: start, in: text)
        }
        problem = ConfigProblem(
            .doctype,
            "The config declares a document type, which is not allowed.",
            at: places.place(at: start),
            hint: "Remove the <!DOCTYPE …> declaration; a config needs none."
        )
    }

    func syntaxError(_ error: XMLSyntaxError) {
        guard problem == nil else { return }
        let openTag = open.last.map { (name: $0.name, place: $0.place) }
        let offset = error.offset(in: text)
        let place = error.concernsOpenTag ? openTag?.place : nil
        problem = error.problem(at: place ?? places.place(at: offset), openTag: openTag)
    }

    // MARK: Parts

    private var isInMarkup: Bool { open.last.map { ConfigTag.takesMarkup($0.name) } ?? false }

    private func content(of tag: OpenTag, endingAt offset: Int) -> String? {
        guard ConfigTag.takesMarkup(tag.name) else { return XMLText.trimmed(tag.content) }
        let end = StartTagScanner.start(of: offset, in: text)
        return end < tag.contentStart ? nil : XMLText.trimmed(text[tag.contentStart..<end])
    }

    private func isWithinLimits(
        _ name: String,
        attributeCount: Int,
        at place: SourcePlace
    ) -> Bool {
        if open.count + markupDepth >= limits.depth {
            problem = ConfigProblem(
                .tooDeep,
                "The tag <\(name)> stands more than \(limits.depth) tags deep.",
                at: place,
                hint: "Take out tags that only wrap others.",
                tag: name
            )
        } else if tagCount > limits.tags {
            problem = ConfigProblem(
                .tooLarge,
                "The config has more than \(limits.tags) tags.",
                at: place,
                hint: "Load long lists of labels from the task's data: value=\"$labels\".",
                tag: name
            )
        } else if attributeCount > limits.attributesPerTag {
            problem = ConfigProblem(
                .tooLarge,
                "The tag <\(name)> has \(attributeCount) attributes; at most "
                    + "\(limits.attributesPerTag) are allowed.",
                at: place,
                tag: name
            )
        }
        return problem == nil
    }
}
