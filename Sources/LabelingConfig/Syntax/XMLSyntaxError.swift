/// An error of libxml2, made into words that fit a labeling config.
struct XMLSyntaxError {
    /// libxml2's `xmlParserErrors`, as far as a config can cause them and we know better words.
    enum Kind: Int32 {
        case empty = 4
        case contentAfterRoot = 5
        case invalidCharacter = 9
        case semicolonMissing = 23
        case unknownEntity = 26
        case lessThanInAttribute = 38
        case quoteMissing = 39
        case attributeNotFinished = 40
        case attributeWithoutValue = 41
        case attributeTwice = 42
        case commentNotFinished = 45
        case cdataNotFinished = 63
        case misplacedDeclaration = 64
        case spaceMissing = 65
        case nameMissing = 68
        case greaterThanMissing = 73
        case endTagMismatch = 76
        case tagNotClosed = 77
        case prefixUnknown = 201
    }

    let kind: Kind?
    /// libxml2's own message, for what has no words of ours.
    let message: String
    /// Byte offset where the parser stood.
    let parserOffset: Int

    /// Whether the place to show is the tag that is open, not where the parser gave up.
    var concernsOpenTag: Bool { kind == .tagNotClosed }

    /// The byte offset to show.
    func offset(in text: [UInt8]) -> Int {
        let tagStart = StartTagScanner.start(of: parserOffset, in: text)
        switch kind {
        case .endTagMismatch: return tagStart
        case .attributeTwice:
            var seen: Set<String> = []
            let attributes = StartTagScanner.attributes(in: text, from: tagStart, to: parserOffset)
            return attributes.first { !seen.insert($0.name).inserted }?.offset ?? parserOffset
        case .empty: return text.firstIndex { !XMLText.isSpace($0) } ?? 0
        case .unknownEntity, .semicolonMissing, .nameMissing:
            let marks: Set<UInt8> = [UInt8(ascii: "&"), UInt8(ascii: "<")]
            return text[..<min(parserOffset, text.count)].lastIndex(where: marks.contains)
                ?? parserOffset
        default: return parserOffset
        }
    }

    func problem(
        at place: SourcePlace,
        openTag: (name: String, place: SourcePlace)?
    ) -> ConfigProblem {
        let (sentence, hint) = words(openTag: openTag)
        return ConfigProblem(.xml, sentence, at: place, hint: hint, tag: openTag?.name)
    }

    private func words(
        openTag: (name: String, place: SourcePlace)?
    ) -> (sentence: String, hint: String?) {
        switch kind {
        case .empty:
            ("The config does not begin with a tag.", "Start with <View>.")
        case .contentAfterRoot:
            (
                "The config goes on after its root tag has ended.",
                "Put everything inside one <View>."
            )
        case .invalidCharacter:
            ("There is a character here that XML does not allow.", "Remove it.")
        case .nameMissing where openTag == nil:
            ("The config does not begin with a start tag.", "Start with <View>.")
        case .semicolonMissing, .nameMissing:
            (
                "There is a “&” or “<” here that begins neither a reference nor a tag.",
                "Write &amp; for “&” and &lt; for “<”."
            )
        case .unknownEntity:
            (
                "This entity is not one of XML's five.",
                "Only &amp; &lt; &gt; &quot; and &apos; exist; write other characters themselves."
            )
        case .lessThanInAttribute:
            ("An attribute's value holds “<”.", "Write &lt;, or close the quote before it.")
        case .quoteMissing:
            ("An attribute's value must stand in quotes.", "Write name=\"value\".")
        case .attributeNotFinished:
            ("An attribute's value has no closing quote.", "Close the quote.")
        case .attributeWithoutValue:
            ("An attribute has no value.", "Write name=\"true\" or take it out.")
        case .attributeTwice:
            ("A tag has the same attribute twice.", "Keep one of them.")
        case .commentNotFinished: ("A comment is not closed.", "End it with -->.")
        case .cdataNotFinished: ("A CDATA section is not closed.", "End it with ]]>.")
        case .misplacedDeclaration:
            (
                "The XML declaration must be the very first characters.",
                "Remove what stands before <?xml, or the declaration."
            )
        case .spaceMissing: ("There must be white space between attributes.", nil)
        case .greaterThanMissing: ("This tag is not closed with “>”.", "Add the “>”.")
        case .endTagMismatch: mismatch(openTag)
        case .tagNotClosed:
            (
                "The tag <\(openTag?.name ?? "?")> that begins here is never closed.",
                "Add </\(openTag?.name ?? "?")> where it ends, or write it as one tag with />."
            )
        case .prefixUnknown:
            ("A name has a prefix that is not declared.", "Take the prefix out.")
        case nil: ("The config is not well-formed XML: \(message)", nil)
        }
    }

    private func mismatch(
        _ openTag: (name: String, place: SourcePlace)?
    ) -> (String, String?) {
        guard let openTag else { return ("This end tag closes no tag.", "Remove it.") }
        return (
            "This end tag does not close <\(openTag.name)>, which was opened on line "
                + "\(openTag.place.line).",
            "Close <\(openTag.name)> first; names must agree in upper and lower case."
        )
    }
}
