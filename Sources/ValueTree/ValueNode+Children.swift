import CPostilPlugin

extension ValueNode {
    /// How many elements or members there are; 0 for everything else.
    public var count: Int {
        unsafe withValue { value in unsafe Int(postil_value_count(value)) }
    }

    /// The member with a name.
    public subscript(_ name: String) -> ValueNode? {
        var name = name
        return name.withUTF8 { name in
            let wanted = unsafe postil_bytes_t(bytes: name.baseAddress, count: UInt64(name.count))
            return unsafe withValue { value in
                unsafe found(postil_object_find(value, wanted))
            }
        }
    }

    /// The member with an interned name.
    public subscript(key key: UInt16) -> ValueNode? {
        unsafe withValue { value in unsafe found(postil_object_get(value, UInt32(key))) }
    }

    /// The element at an index, of an array that is not packed.
    ///
    /// Walks there: to read all, use `elements`.
    public subscript(_ position: Int) -> ValueNode? {
        guard let position = UInt32(exactly: position) else { return nil }
        return unsafe withValue { value in unsafe found(postil_array_at(value, position)) }
    }

    /// The elements in order; none if this is no array, or a packed one.
    public var elements: Elements { Elements(parent: self) }

    /// The members in order; none if this is no object.
    public var members: Members { Members(parent: self) }

    private func found(_ value: postil_value_t) -> ValueNode? {
        guard let node = unsafe value.node else { return nil }
        return unsafe ValueNode(storage: storage, offset: storage.offset(node))
    }

    /// The elements of an array.
    public struct Elements: Sequence, IteratorProtocol, Sendable {
        private let storage: ValueStorage
        private var at: Int
        private let end: Int

        init(parent: ValueNode) {
            storage = parent.storage
            at = parent.offset + MemoryLayout<postil_node_t>.size
            end = parent.kind == .array ? parent.end : 0
        }

        public mutating func next() -> ValueNode? {
            guard at < end else { return nil }
            let node = ValueNode(storage: storage, offset: at)
            at = node.end
            return node
        }
    }

    /// The members of an object.
    public struct Members: Sequence, IteratorProtocol, Sendable {
        private let storage: ValueStorage
        private var at: Int
        private let end: Int

        init(parent: ValueNode) {
            storage = parent.storage
            at = parent.offset + MemoryLayout<postil_node_t>.size
            end = parent.kind == .object ? parent.end : 0
        }

        public mutating func next() -> Member? {
            guard at < end else { return nil }
            var batch = unsafe storage.batch()
            return unsafe withUnsafePointer(to: &batch) { batch in
                var walk = unsafe postil_walk_t(
                    batch: batch,
                    at: storage.node(at),
                    end: storage.node(end)
                )
                var member = unsafe postil_member_t()
                guard unsafe postil_walk_member(&walk, &member), let node = unsafe member.value.node
                else { return nil }
                at = unsafe storage.offset(walk.at)
                return unsafe Member(
                    name: String(decoding: member.name.buffer, as: UTF8.self),
                    value: ValueNode(storage: storage, offset: storage.offset(node))
                )
            }
        }
    }

    /// A name and its value.
    public struct Member: Sendable {
        public let name: String
        public let value: ValueNode
    }

    /// The offset of the node after this one and all inside it.
    private var end: Int {
        unsafe storage.offset(postil_node_after(storage.node(offset)))
    }
}
