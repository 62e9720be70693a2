internal import CPostilPlugin

/// A value of a batch, read in place.
///
/// Asking the wrong kind, or for what is not there, gives `nil` or a missing value; so a path can
/// be walked without a check at every step. Valid as long as the batch that it came from: use it
/// inside the call that gave it, and keep what you take out of it.
@safe public struct Value {
    let raw: postil_value_t

    init(_ raw: postil_value_t) { unsafe self.raw = unsafe raw }

    /// Whether there is nothing.
    public var isMissing: Bool { unsafe raw.node == nil }

    /// Whether it is an object.
    public var isObject: Bool { unsafe postil_value_is(raw, UInt32(POSTIL_KIND_OBJECT)) }

    /// The text of a string.
    public var string: String? {
        guard unsafe postil_value_is(raw, UInt32(POSTIL_KIND_STRING)) else { return nil }
        return unsafe postil_value_text(raw).string
    }

    /// The truth value.
    public var bool: Bool? {
        var result = false
        return unsafe postil_value_bool(raw, &result) ? result : nil
    }

    /// The number, when it is a whole one of 64 bits.
    public var int: Int64? {
        var result: Int64 = 0
        return unsafe postil_value_int64(raw, &result) ? result : nil
    }

    /// Any number as the nearest double; infinite only beyond every double.
    public var double: Double? {
        var result = 0.0
        return unsafe postil_value_double(raw, &result) ? result : nil
    }

    /// A pair of numbers, `[x, y]`.
    public var point: (x: Double, y: Double)? {
        var (x, y) = (0.0, 0.0)
        return unsafe postil_value_point(raw, &x, &y) ? (x, y) : nil
    }

    /// The elements of an array; none for every other kind.
    public var elements: [Value] {
        guard unsafe postil_value_is(raw, UInt32(POSTIL_KIND_ARRAY)) else { return [] }
        var walk = unsafe postil_children(raw)
        var element = unsafe postil_value_t()
        var elements: [Value] = []
        while unsafe postil_walk_element(&walk, &element) {
            elements.append(unsafe Value(element))
        }
        return elements
    }

    /// The members of an object, in order; none for every other kind.
    public var members: [(name: String, value: Value)] {
        guard isObject else { return [] }
        var walk = unsafe postil_children(raw)
        var member = unsafe postil_member_t()
        var members: [(name: String, value: Value)] = []
        while unsafe postil_walk_member(&walk, &member) {
            members.append(unsafe (member.name.string, Value(member.value)))
        }
        return members
    }

    /// The member with an interned name; the quick way, for tasks.
    public subscript(_ key: Key) -> Value { unsafe Value(postil_object_get(raw, key.number)) }

    /// The member with a name; for settings and other small trees.
    public subscript(_ name: String) -> Value {
        unsafe withBytes(of: name) { unsafe Value(postil_object_find(raw, $0)) }
    }
}

/// A name as a number, made by ``Keys`` while an instance is opened.
public struct Key: Sendable {
    let number: UInt32
}

/// Makes numbers of names, so that members of tasks are found without comparing texts.
///
/// Only while the instance is opened.
@safe public struct Keys {
    let table: UnsafePointer<postil_keys_t>?

    init(_ table: UnsafePointer<postil_keys_t>?) { unsafe self.table = unsafe table }

    /// The key of a name; the same name gives the same key.
    public func key(_ name: String) -> Key {
        guard let table = unsafe table else { return Key(number: 0) }
        return unsafe withBytes(of: name) { name in
            unsafe Key(number: table.pointee.intern(table.pointee.context, name))
        }
    }
}

/// A number of tasks, or one tree.
///
/// Valid inside the call that gave it.
@safe public struct Batch {
    let raw: UnsafePointer<postil_batch_t>?

    init(_ raw: UnsafePointer<postil_batch_t>?) { unsafe self.raw = unsafe raw }

    /// How many roots there are.
    public var count: Int {
        guard let raw = unsafe raw else { return 0 }
        return unsafe Int(postil_batch_count(raw))
    }

    /// The task's id and its tree, for an index in `0 ..< count`.
    public subscript(_ index: Int) -> (task: Int64, value: Value) {
        precondition(index >= 0 && index < count)
        let root = unsafe postil_batch_root(raw, UInt32(index))
        return unsafe (root?.pointee.task_id ?? 0, Value(postil_batch_value(raw, UInt32(index))))
    }

    /// The first root, missing in an empty batch: settings, a result.
    var root: Value { unsafe Value(postil_batch_value(raw, 0)) }
}

/// The word that the host sets when it wants the job stopped.
@safe public struct Cancellation {
    let word: UnsafePointer<UInt32>?

    init(_ word: UnsafePointer<UInt32>?) { unsafe self.word = unsafe word }

    /// Throws when the host wants the job stopped.
    ///
    /// Ask in every loop that can take long.
    public func check() throws(Failure) {
        if unsafe postil_is_cancelled(word) {
            throw Failure(.cancelled, code: "cancelled", "The job was stopped.")
        }
    }
}

extension postil_bytes_t {
    var string: String {
        unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
    }
}

/// Lends the bytes of a text for the time of a call.
func withBytes<Answer>(of text: String, _ body: (postil_bytes_t) -> Answer) -> Answer {
    var text = text
    return text.withUTF8 { bytes in
        unsafe body(postil_bytes_t(bytes: bytes.baseAddress, count: UInt64(bytes.count)))
    }
}
