import CPluginWire
import Contracts
import ValueTree

/// A C function in a worker, called by what the manifest says of it.
struct BoundFunction {
    let description: BindingDescription
    /// What the worker knows it by.
    let number: Int
    /// A name that the system knows, or the path of the package's own library.
    let library: String
    let plugin: PluginVersion
    let limit: Duration

    /// How many doubles one call gives: the result, then what is written.
    ///
    /// `columns` is the length of a column.
    func numberCount(columns: Int) -> Int {
        description.arguments.reduce(1) { sum, argument in
            sum + (argument.type == .outDoubles ? columns : argument.type.isOut ? 1 : 0)
        }
    }

    /// Loads the library and finds the function.
    ///
    /// - Throws: `not_loadable` when there is no such library or function.
    func bind(_ worker: Worker) throws(WorkerFailure) {
        var wire = postil_wire_binding_t()
        let arguments = description.arguments.flatMap(\.wire)
        wire.number = UInt32(number)
        wire.result = description.result.wire
        wire.argument_count = UInt8(arguments.count)
        unsafe withUnsafeMutableBytes(of: &wire.arguments) { unsafe $0.copyBytes(from: arguments) }
        var call = WorkerCall(function: .bind)
        call.bytes =
            unsafe withUnsafeBytes(of: &wire) { unsafe Array($0) }
            + Array(library.utf8) + [0] + Array(description.symbol.utf8)
        var output = MetricOutput(plugin)
        let answer = try output.collect(call, worker, limit: limit)
        guard answer.status == 0 else {
            throw .refused(
                PluginError(
                    .notLoadable,
                    "The function \(description.functionInWords) cannot be bound as "
                        + "`\(description.metric.name)`: \(answer.message)",
                    hint: "The manifest's `bindings` name a library that the system knows and a "
                        + "function that it exports.",
                    plugin: plugin,
                    pointer: description.pointer.nilWhenEmpty
                )
            )
        }
    }

    /// Calls the function with each test vector, and compares what it gives with what it should.
    ///
    /// - Throws: `answer_invalid` for the first difference.
    func prove(_ worker: Worker) throws(WorkerFailure) {
        var rows = BindingRows(description.arguments)
        var counts: [Int] = []
        for vector in description.vectors {
            rows.append(vector.arguments, task: 0)
            counts.append(numberCount(columns: vector.arguments.compactMap(\.count).max() ?? 0))
        }
        let numbers = try call(rows, numberCount: counts.reduce(0, +), worker)
        var start = 0
        for (index, vector) in description.vectors.enumerated() {
            let given = Array(numbers[start..<start + counts[index]])
            start += counts[index]
            let wanted = (vector.result.map { [$0] } ?? [given[0]]) + vector.outs.flatMap(\.self)
            let isRight = zip(wanted, given).allSatisfy { wanted, given in
                // Not a number is only wanted where nothing is.
                wanted == given || wanted.isNaN || abs(wanted - given) <= vector.tolerance
            }
            guard isRight, vector.outs.isEmpty || wanted.count == given.count else {
                throw .refused(disproof(index, wanted, given))
            }
        }
    }

    /// Calls the function once for each row.
    ///
    /// - Returns: What it gave, one row after the other.
    func call(_ rows: BindingRows, numberCount: Int, _ worker: Worker)
        throws(WorkerFailure) -> [Double]
    {
        var output = MetricOutput(plugin, numberCount: numberCount)
        var call = WorkerCall(function: .callBound, sequence: UInt64(rows.count))
        call.bytes = unsafe withUnsafeBytes(of: UInt32(number)) { unsafe Array($0) }
        do throws(PluginError) {
            try call.fill([SlotPart(bytes: rows.bytes)])
        } catch {
            throw .refused(error)
        }
        let answer = try output.collect(call, worker, limit: limit)
        do throws(PluginError) {
            try answer.check(.callBound, named: description.metric.name, of: plugin)
        } catch {
            throw .refused(error)
        }
        try output.checkNumbers()
        return output.numbers
    }

    /// The score among the numbers of one call; for a batch the column of scores.
    func scores(in numbers: ArraySlice<Double>, columns: Int) -> ArraySlice<Double> {
        guard let score = description.score else { return numbers.prefix(1) }
        let before = description.arguments[..<score].filter(\.type.isOut)
        let skipped = before.reduce(1) { $0 + ($1.type == .outDoubles ? columns : 1) }
        let isColumn = description.arguments[score].type == .outDoubles
        return numbers.dropFirst(skipped).prefix(isColumn ? columns : 1)
    }

    private func disproof(_ index: Int, _ wanted: [Double], _ given: [Double]) -> PluginError {
        PluginError(
            .answerInvalid,
            "The function \(description.functionInWords) gave "
                + "\(Self.words(given)) for the test vector \(index + 1) of "
                + "`\(description.metric.name)`; \(Self.words(wanted)) was expected.",
            hint: "Either the signature in `bindings` is not the function's, or the vector is "
                + "wrong. `tolerance` allows for rounding.",
            plugin: plugin,
            function: "binding.call"
        )
    }

    private static func words(_ numbers: [Double]) -> String {
        numbers.prefix(8).map { "\($0)" }.joined(separator: ", ")
    }
}
