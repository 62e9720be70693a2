import CPostilPlugin
import Testing
import ValueTree

@Suite struct PluginArenaTests {
    @Test func `what a plugin builds is taken over`() throws {
        var arena = PluginArena()
        let status = unsafe try arena.withBuilder { builder in unsafe Self.buildTask(builder) }
        #expect(status == POSTIL_OK)
        let batch = try arena.take(keys: ValueKeys())
        #expect(batch.count == 2)
        let text = try #require(batch[0].value?.jsonText())
        #expect(
            String(decoding: text, as: UTF8.self)
                == #"{"data":{"image":"/data/upload/é.png","n":[-4,18446744073709551615,2.5,true,null]},"points":[[1.0,2.0],[3.0,4.5]],"big":1e999,"numbers":[1.0,2.0],"bytes":"AQID"}"#
        )
        #expect(batch[1].value?["data"]?["text"]?.string == "as text")
        #expect(batch[1].text == Array(#"{"data":{"text":"as text"}}"#.utf8))
    }

    @Test func `an arena is used again after it was taken`() throws {
        var arena = PluginArena()
        let keys = ValueKeys()
        for _ in 0..<3 {
            _ = unsafe try arena.withBuilder { builder in unsafe Self.buildTask(builder) }
            #expect(try arena.take(keys: keys).count == 2)
        }
        _ = unsafe try arena.withBuilder { _ in 0 }
        #expect(try arena.take(keys: keys).count == 0)
    }

    @Test func `the last of several members with one name is kept`() throws {
        var arena = PluginArena()
        _ = unsafe try arena.withBuilder { builder in
            unsafe postil_build_root(builder, nil)
            unsafe postil_build_object(builder)
            for number in 0..<3 {
                unsafe postil_build_key(builder, postil_text("same"))
                unsafe postil_build_int64(builder, Int64(number))
            }
            unsafe postil_build_end(builder)
            return unsafe postil_build_root_end(builder)
        }
        let value = try #require(try arena.take(keys: ValueKeys())[0].value)
        #expect(String(decoding: value.jsonText(), as: UTF8.self) == #"{"same":2}"#)
    }

    @Test(arguments: [
        ("value_tree_not_utf8", "\u{1}\u{2}"), ("value_tree_text", "nope"),
    ])
    func `texts that are wrong are refused`(code: String, text: String) throws {
        var arena = PluginArena()
        let bytes: [UInt8] = code == "value_tree_not_utf8" ? [0xC3, 0x28] : Array(text.utf8)
        _ = unsafe try arena.withBuilder { builder in
            unsafe bytes.withUnsafeBufferPointer { bytes in
                let text = unsafe postil_bytes_t(
                    bytes: bytes.baseAddress,
                    count: UInt64(bytes.count)
                )
                unsafe postil_build_root(builder, nil)
                if code == "value_tree_text" {
                    unsafe postil_build_root_text(builder, text)
                } else {
                    unsafe postil_build_string(builder, text)
                }
                return unsafe postil_build_root_end(builder)
            }
        }
        let error = #expect(throws: ValueTreeError.self) { try arena.take(keys: ValueKeys()) }
        #expect(error?.code.rawValue == code)
        #expect(error?.root == 0)
    }

    @Test func `a root that was left open is refused`() throws {
        var arena = PluginArena()
        _ = unsafe try arena.withBuilder { builder in
            unsafe postil_build_root(builder, nil)
            return unsafe postil_build_object(builder)
        }
        let error = #expect(throws: ValueTreeError.self) { try arena.take(keys: ValueKeys()) }
        #expect(error?.code == .malformed)
    }

    @Test func `a plugin that wants too much memory gets an error`() throws {
        var arena = PluginArena(byteLimit: 100_000)
        let status = unsafe try arena.withBuilder { builder in
            unsafe postil_build_root(builder, nil)
            unsafe postil_build_array(builder)
            for _ in 0..<100_000 { unsafe postil_build_null(builder) }
            unsafe postil_build_end(builder)
            return unsafe postil_build_root_end(builder)
        }
        #expect(Int(status) == POSTIL_ERROR_TOO_LARGE)
        let error = #expect(throws: ValueTreeError.self) { try arena.take(keys: ValueKeys()) }
        #expect(error?.code == .tooLarge)
    }

    @Test func `an arena cut at any byte is refused`() throws {
        let whole = try Self.arenaBytes()
        #expect(try PluginArena.take(bytes: whole, keys: ValueKeys()).count == 2)
        for count in 0..<whole.count {
            #expect(throws: ValueTreeError.self) {
                try PluginArena.take(bytes: Array(whole[..<count]), keys: ValueKeys(capacity: 64))
            }
        }
    }

    @Test(arguments: 0..<6)
    func `a damaged arena is refused or sound`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let whole = try Self.arenaBytes()
        let keys = ValueKeys()
        var taken = 0
        for _ in 0..<4000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: bytes.indices, using: &random)
                bytes[at] =
                    [0, 1, 8, 15, 16, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)]
                    .randomElement(using: &random) ?? 0
            }
            guard let batch = try? PluginArena.take(bytes: bytes, keys: keys) else { continue }
            taken += 1
            for index in 0..<batch.count {
                let text = try #require(batch[index].value).jsonText()
                #expect(throws: Never.self) { try JSONText(parsing: text) }
            }
        }
        #expect(taken > 0)
    }

    private static func arenaBytes() throws -> [UInt8] {
        var arena = PluginArena()
        return unsafe try arena.withBuilder { builder in
            unsafe buildTask(builder)
            unsafe postil_build_finish(builder)
            return unsafe Array(
                UnsafeBufferPointer(
                    start: builder.pointee.arena,
                    count: Int(builder.pointee.used)
                )
            )
        }
    }

    /// Builds two roots with every kind of value.
    @discardableResult
    private static func buildTask(_ builder: UnsafeMutablePointer<postil_builder_t>) -> Int32 {
        unsafe postil_build_root(builder, nil)
        unsafe postil_build_object(builder)
        unsafe postil_build_key(builder, postil_text("data"))
        unsafe postil_build_object(builder)
        unsafe postil_build_key(builder, postil_text("image"))
        unsafe postil_build_string(builder, postil_text("/data/upload/é.png"))
        unsafe postil_build_key(builder, postil_text("n"))
        unsafe postil_build_array(builder)
        unsafe postil_build_int64(builder, -4)
        unsafe postil_build_uint64(builder, .max)
        unsafe postil_build_double(builder, 2.5)
        unsafe postil_build_bool(builder, true)
        unsafe postil_build_null(builder)
        unsafe postil_build_end(builder)
        unsafe postil_build_end(builder)
        unsafe postil_build_key(builder, postil_text("points"))
        unsafe postil_build_points(builder, [1, 2, 3, 4.5], 2)
        unsafe postil_build_key(builder, postil_text("big"))
        unsafe postil_build_number_text(builder, postil_text("1e999"), .infinity)
        unsafe postil_build_key(builder, postil_text("numbers"))
        unsafe postil_build_doubles(builder, [1, 2], 2)
        unsafe postil_build_key(builder, postil_text("bytes"))
        let bytes: [UInt8] = [1, 2, 3]
        unsafe bytes.withUnsafeBufferPointer { bytes in
            _ = unsafe postil_build_bytes(
                builder,
                postil_bytes_t(bytes: bytes.baseAddress, count: 3)
            )
        }
        unsafe postil_build_end(builder)
        unsafe postil_build_root_end(builder)
        unsafe postil_build_root(builder, nil)
        unsafe postil_build_root_text(builder, postil_text(#"{"data":{"text":"as text"}}"#))
        return unsafe postil_build_root_end(builder)
    }
}
