import Contracts
import Foundation
import LabelModel
import PluginHost
import Testing

/// Functions of libraries that know nothing of plugins, bound by a manifest.
@Suite(.isolated) struct BindingTests {
    private let bench = BindingBench()

    /// The numbers of both answers' first results.
    private static let pair =
        #"[{"type": "f64", "of": "first", "pointer": "/value/number", "resultType": "number"}, "#
        + #"{"type": "f64", "of": "second", "pointer": "/value/number", "resultType": "number"}]"#

    /// The number of the answer's first result.
    private static func number(_ type: String = "f64") -> String {
        #"{"type": "\#(type)", "of": "first", "pointer": "/result/0/value/number"}"#
    }

    private func result(_ value: String) -> String {
        #"[{"type": "number", "value": {"number": \#(value)}}]"#
    }

    // MARK: Calls

    @Test func `a function of the C library measures single answers`() async throws {
        let answers = [result("-2.5"), result("4"), result(#""four""#), "[]"]

        let scores = try await bench.scores("{}", answers.map { [$0] }).get()

        #expect(scores == [2.5, 4, nil, nil])
    }

    @Test func `a function of two numbers compares two answers`() async throws {
        let entry = #"""
            {"kind": "metric", "symbol": "hypot", "symmetric": true, "arguments": \#(Self.pair),
             "vectors": [{"arguments": [3, 4], "result": 5}]}
            """#

        let answers = [result("5"), result("12"), result("0")]

        #expect(try await bench.scores(entry, [answers]).get() == [13, 5, 12])
    }

    @Test func `a result is chosen by its control`() async throws {
        let entry = #"""
            {"arguments": [{"type": "f64", "of": "first", "pointer": "/v", "control": "b"}]}
            """#
        let answer = #"[{"from_name": "a", "v": 1}, {"from_name": "b", "v": -2}]"#

        #expect(try await bench.scores(entry, [[answer]]).get() == [2])
    }

    @Test func `a function that is not symmetric is asked both ways`() async throws {
        let entry = #"""
            {"kind": "metric", "symbol": "fdim", "arguments": \#(Self.pair),
             "vectors": [{"arguments": [3, 1], "result": 2}, {"arguments": [1, 3], "result": 0}]}
            """#

        #expect(try await bench.scores(entry, [[result("5"), result("2")]]).get() == [3, 0])
    }

    @Test func `an argument of each type arrives in its place`() async throws {
        let entry = #"""
            {"symbol": "plain_all", "arguments": [
               {"type": "i32", "of": "first", "pointer": "/result/0/i"},
               {"type": "i64", "value": -3},
               {"type": "u64", "of": "task", "pointer": "/id"},
               {"type": "f32", "of": "first", "pointer": "/result/0/f"},
               {"type": "f64", "of": "task", "pointer": "/data/x~1y"},
               {"type": "utf8", "of": "first", "pointer": "/result/0/text"},
               {"type": "f64[]", "of": "first", "pointer": "/result/0/points"}],
             "vectors": [{"arguments": [-1, 5, 0.5, 0.25, "", []], "result": 21}]}
            """#
        let answer = #"[{"i": -7, "f": 0.75, "text": "\u0001\u0002", "points": [[1, 2], [3]]}]"#

        let scores = try await bench.plain(entry, [[answer]], data: #"{"x/y": 2}"#).get()

        let integers: Double = -7 - 6 + 4
        #expect(scores == [integers + 6 + 32 + 0.001 + 0.002 + 192])
    }

    @Test(arguments: [(1, -8.0), (2, -16.0), (3, 24.0), (4, 4.0), (5, 2.0)])
    func `a score is taken from what the function writes`(place: Int, wanted: Double) async throws {
        let entry = #"""
            {"symbol": "plain_outs", "result": "void", "score": \#(place), "arguments": [
               \#(Self.number()), {"type": "out i32"}, {"type": "out i64"}, {"type": "out u64"},
               {"type": "out f32"}, {"type": "out f64"}],
             "vectors": [{"arguments": [4], "out": [-4, -8, 12, 2, 1]}]}
            """#

        #expect(try await bench.plain(entry, [[result("8")]]).get() == [wanted])
    }

    @Test(arguments: [("plain_half", "f32", 1.5), ("plain_minus", "i32", -3.0)])
    func `results narrower than a register are read whole`(
        symbol: String,
        type: String,
        wanted: Double
    ) async throws {
        let entry = #"""
            {"symbol": "\#(symbol)", "result": "\#(type)", "arguments": [\#(Self.number(type))],
             "vectors": [{"arguments": [3], "result": \#(wanted)}]}
            """#

        #expect(try await bench.plain(entry, [[result("3")]]).get() == [wanted])
    }

    @Test func `a function that takes columns is called once for the batch`() async throws {
        let column = #""type": "f64[]", "length": "elsewhere", "pointer": "/result/0/value/number""#
        let entry = #"""
            {"kind": "metric", "calls": "batch", "symmetric": true, "symbol": "plain_distances",
             "result": "void", "arguments": [
               {\#(column), "of": "first"}, {\#(column), "of": "second"},
               {"type": "i32", "lengthOf": 0}, {"type": "out f64[]", "length": "elsewhere"}],
             "vectors": [{"arguments": [[1, 5, 2], [4, 4, 2]], "out": [[3, 1, 0]]}]}
            """#
        let tasks = [
            [result("1"), result("9")], [result("3"), "[]"], [result("7"), result("4")],
        ]

        #expect(try await bench.plain(entry, tasks).get() == [8, nil, 3])
    }

    @Test func `a predicate says yes or no`() async throws {
        let entry = #"""
            {"kind": "predicate", "library": "libc.so.6", "symbol": "strcmp", "result": "i32",
             "arguments": [
               {"type": "utf8", "length": "zero", "of": "first", "pointer": "/result/0/text"},
               {"type": "utf8", "length": "zero", "value": "same"}],
             "vectors": [{"arguments": ["same"], "result": 0}]}
            """#
        let answers = ["same", "more", #"a\u0000b"#].map { [#"[{"text": "\#($0)"}]"#] }

        #expect(try await bench.scores(entry, answers).get() == [0, 1, nil])
    }

    @Test func `arrays that share one length and do not have it get no score`() async throws {
        let array = #""type": "f64[]", "length": "elsewhere", "pointer": "/result/0/v""#
        let entry = #"""
            {"kind": "metric", "symbol": "plain_distances", "result": "void", "symmetric": true,
             "score": 3, "arguments": [
               {\#(array), "of": "first"}, {\#(array), "of": "second"},
               {"type": "i32", "lengthOf": 1}, {"type": "out f64"}],
             "vectors": [{"arguments": [[1], [4]], "out": [3]}]}
            """#
        let (one, other, two) = (#"[{"v": [1]}]"#, #"[{"v": [9]}]"#, #"[{"v": [9, 9]}]"#)

        #expect(try await bench.plain(entry, [[one, other], [one, two]]).get() == [8, nil])
    }

    // MARK: What goes wrong

    @Test func `a function that answers a vector otherwise is not used, and quarantined`()
        async throws
    {
        let folder = try TemporaryFolder()
        let plugin = try bench.plugin(#"{"vectors": [{"arguments": [-1.5], "result": 1.25}]}"#)
        try plugin.install(in: folder)
        let catalog = catalog(folder)

        let error = try await bench.failure(plugin, [[result("1")]], in: catalog)

        #expect(error?.code == .answerInvalid)
        let said = error?.message ?? ""
        #expect(said.contains("gave 1.5 for the test vector 1 of `bound`; 1.25 was"), "\(said)")
        #expect(await catalog.quarantined()[plugin.plugin] != nil)
    }

    @Test func `a tolerance allows for rounding`() async throws {
        let entry = #"""
            {"symbol": "sqrt",
             "vectors": [{"arguments": [2], "result": 1.4142, "tolerance": 0.0001}]}
            """#

        #expect(try await bench.scores(entry, [[result("9")]]).get() == [3])
    }

    @Test(arguments: [
        (#"{"library": "libpostil-is-not-there.so.1"}"#, "libpostil-is-not-there.so.1"),
        (#"{"symbol": "postil_is_not_there"}"#, "no function of that name"),
    ])
    func `what is not there is said at once`(entry: String, what: String) async throws {
        let error = try await bench.failure(entry)

        #expect(error?.code == .notLoadable)
        #expect(error?.message.contains(what) == true, "\(error?.message ?? "")")
    }

    @Test func `every function of a manifest is resolved before one is used`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try bench.plugin(
            "{}",
            others: [#"{"name": "other", "symbol": "postil_is_not_there"}"#]
        )
        try plugin.install(in: folder)

        let error = try await bench.failure(plugin, [[result("1")]], in: catalog(folder))

        #expect(error?.code == .notLoadable)
        #expect(error?.message.contains("`other`") == true)
    }

    @Test func `a wrong signature ends the worker and nothing else`() async throws {
        let (folder, others) = (try TemporaryFolder(), try TemporaryFolder())
        // strlen wants a pointer and is given the number 5.
        let wrong = try bench.plugin(
            #"""
            {"library": "libc.so.6", "symbol": "strlen", "result": "u64",
             "arguments": [\#(Self.number("i64"))], "vectors": [{"arguments": [5], "result": 1}]}
            """#
        )
        let right = try bench.plugin("{}")
        try wrong.install(in: folder)
        try right.install(in: others)
        let (catalog, healthy) = (catalog(folder), catalog(others))

        let before = try await bench.scores(right, [[result("-1")]], in: healthy).get()
        let error = try await bench.failure(wrong, [[result("5")]], in: catalog)
        let after = try await bench.scores(right, [[result("-1")]], in: healthy).get()

        #expect(error?.code == .crashed)
        #expect(error?.signal == SIGSEGV)
        #expect(error?.function == "binding.call")
        #expect(error?.place?.hasPrefix("libc.so.6+0x") == true, "\(error?.place ?? "")")
        #expect(before == [1] && after == [1])
        #expect(await catalog.runtimes()[wrong.plugin]?.crashCount == 1)
    }

    @Test func `a crash names the task it was about`() async throws {
        let entry = #"{"symbol": "plain_fragile", "vectors": [{"arguments": [1], "result": 1}]}"#

        let error = try await bench.plainFailure(entry, ["1", "13", "2"].map { [result($0)] })

        #expect(error?.code == .crashed)
        #expect(error?.signal == SIGABRT)
        #expect(error?.task == 2)
    }

    @Test func `a function cannot write to what it is lent`() async throws {
        let entry = #"""
            {"symbol": "plain_greedy",
             "arguments": [{"type": "f64[]", "of": "first", "pointer": "/result"}],
             "vectors": [{"arguments": [[1]], "result": 0}]}
            """#

        let error = try await bench.plainFailure(entry, [["[1, 2]"]])

        #expect(error?.signal == SIGSEGV)
        #expect(error?.task == 1)
    }

    @Test func `a score beyond the declared range is refused`() async throws {
        let error = try await bench.failure(#"{"range": [0, 1]}"#, [[result("7")]])

        #expect(error?.code == .answerInvalid)
        #expect(error?.message.contains("gave 7.0") == true)
    }

    @Test func `trust does not bring a bound function into this process`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try bench.plugin("{}")
        try plugin.install(in: folder)
        let trusting = catalog(folder)
        await trusting.setGrants([plugin.plugin: PluginGrant(isolation: .inProcess)])

        #expect(try await bench.scores(plugin, [[result("-3")]], in: trusting).get() == [3])
        let error = try await bench.failure(plugin, [["[]"]], in: catalog(folder, runner: nil))
        #expect(error?.message.contains("runs in a worker only") == true)
    }

    // MARK: Manifests

    @Test(arguments: [
        (#"{"kind": "tag"}"#, "as `kind`"),
        (#"{"calls": "sometimes"}"#, "as `calls`"),
        (#"{"library": "/usr/lib/libm.so.6"}"#, "as the library"),
        (#"{"library": "libm.so/../x"}"#, "as the library"),
        (#"{"symbol": "a-b"}"#, "as a symbol"),
        (#"{"result": "f16"}"#, "as `result`"),
        (#"{"result": "void"}"#, "does not say where the score is"),
        (#"{"score": 0}"#, "takes the score from the argument 0"),
        (#"{"vectors": []}"#, "has 0 test vectors"),
        (#"{"vectors": [{"arguments": [1, 2], "result": 1}]}"#, "with 2 arguments"),
        (#"{"vectors": [{"arguments": ["x"], "result": 1}]}"#, "where a f64 belongs"),
        (#"{"vectors": [{"arguments": [1]}]}"#, "does not say what is expected"),
        (#"{"arguments": [{"type": "f64"}]}"#, "does not say in one way"),
        (#"{"arguments": [{"type": "char*", "value": "x"}]}"#, "as `type`"),
        (#"{"arguments": [{"type": "f64", "of": "second", "pointer": "/x"}]}"#, "a second answer"),
        (#"{"arguments": [{"type": "f64", "of": "first", "pointer": "x"}]}"#, "which value"),
        (#"{"arguments": [{"type": "f64", "pointer": "/x"}]}"#, "without saying whose"),
        (#"{"arguments": [{"type": "f64", "value": "x"}]}"#, "where a f64 belongs"),
        (#"{"arguments": [{"type": "out f64", "value": 1}]}"#, "out f64 belongs"),
        (
            #"{"arguments": [{"type": "out f64", "of": "first", "pointer": "/x"}]}"#,
            "function writes"
        ),
        (
            #"{"arguments": [{"type": "f64[]", "of": "task", "pointer": "/x", "length": "zero"}]}"#,
            "ends an array"
        ),
        (
            #"{"arguments": [{"type": "utf8", "value": "x", "length": "elsewhere"}]}"#,
            "without giving it the length"
        ),
        (#"{"calls": "batch"}"#, "does not write one `out f64[]`"),
        (#"{"surprise": 1}"#, "unknown key"),
    ])
    func `a mistake in an entry is found without running code`(entry: String, what: String)
        async throws
    {
        let folder = try TemporaryFolder()
        try bench.plugin(entry).install(in: folder)

        let found = try #require(await catalog(folder).installed().first)

        guard case .refused(_, let error) = found.finding else {
            Issue.record("The manifest was accepted.")
            return
        }
        #expect(error.code == .manifestInvalid)
        #expect(error.message.contains(what), "\(error.message)")
        #expect(error.pointer?.hasPrefix("/bindings/0") == true, "\(error.pointer ?? "")")
    }

    @Test func `a function of the package's own library needs one`() async throws {
        let folder = try TemporaryFolder()
        try bench.plugin(#"{"library": null}"#).install(in: folder)

        let found = try #require(await catalog(folder).installed().first)

        guard case .refused(_, let error) = found.finding else {
            Issue.record("The manifest was accepted.")
            return
        }
        #expect(error.message.contains("does not say of which library"))
    }
}
