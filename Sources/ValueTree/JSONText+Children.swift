import CSimdJSON

extension JSONText {
    /// How many elements or members there are, duplicates included; 0 for everything else.
    public var count: Int { Int(document.item(index).count) }

    /// The member with a name.
    ///
    /// Of several with the same name it is the last, as Python and JavaScript have it. Looks at
    /// each member once.
    public subscript(_ name: String) -> JSONText? {
        guard kind == .object, let found = document.member(named: name, of: index) else {
            return nil
        }
        return JSONText(document: document, index: found)
    }

    /// The element at an index.
    ///
    /// Walks there: to read all, use `elements`.
    public subscript(_ position: Int) -> JSONText? {
        guard position >= 0, position < count else { return nil }
        return elements.dropFirst(position).first { _ in true }
    }

    /// The elements in order; none if this is no array.
    public var elements: Elements {
        Elements(document: document, children: kind == .array ? index : nil)
    }

    /// The members in order, duplicates included; none if this is no object.
    public var members: Members {
        Members(document: document, children: kind == .object ? index : nil)
    }

    /// The elements of an array.
    public struct Elements: Sequence, IteratorProtocol, Sendable {
        private let document: JSONDocument
        private var at: Int
        private let end: Int

        init(document: JSONDocument, children: Int?) {
            self.document = document
            at = children.map { $0 + 1 } ?? 0
            end = children.map { Int(document.item($0).next) } ?? 0
        }

        public mutating func next() -> JSONText? {
            guard at < end else { return nil }
            defer { at = Int(document.item(at).next) }
            return JSONText(document: document, index: at)
        }

        public var underestimatedCount: Int { 0 }
    }

    /// The members of an object.
    public struct Members: Sequence, IteratorProtocol, Sendable {
        private let document: JSONDocument
        private var at: Int
        private let end: Int

        init(document: JSONDocument, children: Int?) {
            self.document = document
            at = children.map { $0 + 1 } ?? 0
            end = children.map { Int(document.item($0).next) } ?? 0
        }

        public mutating func next() -> Member? {
            guard at < end else { return nil }
            let member = Member(
                nameIndex: at,
                value: JSONText(document: document, index: at + 1)
            )
            at = Int(document.item(at + 1).next)
            return member
        }
    }

    /// A name and its value.
    public struct Member: Sendable {
        let nameIndex: Int
        public let value: JSONText

        /// The name, unescaped.
        ///
        /// Made at each call.
        public var name: String { value.document.string(value.document.item(nameIndex)) }

        /// True if the name is `text`; without making a string.
        public func isNamed(_ text: String) -> Bool {
            value.document.isEqual(value.document.item(nameIndex), text)
        }
    }
}
