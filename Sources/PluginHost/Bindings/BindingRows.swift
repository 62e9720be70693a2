import CPluginWire

/// The calls of a bound function as the wire lays them out: rows of cells, then what they point to.
struct BindingRows {
    private let arguments: [BindingArgument]
    private var cells: [UInt64] = []
    private var heap: [UInt8] = []
    /// Cells that hold places in the heap.
    private var places: [Int] = []
    private(set) var count = 0

    init(_ arguments: [BindingArgument]) { self.arguments = arguments }

    /// Whether the given values can be passed: lengths that are shared are equal, lengths fit
    /// their types, and texts that a zero ends have none inside.
    static func fits(_ given: [BindingValue], _ arguments: [BindingArgument]) -> Bool {
        let values = all(given, arguments)
        var shared: Set<Int> = []
        for (argument, value) in zip(arguments, values) {
            guard let value, let count = value.count else { continue }
            guard count <= Int(Int32.max) else { return false }
            if argument.length == .elsewhere { shared.insert(count) }
            if argument.length == .zero, case .text(let bytes) = value, bytes.contains(0) {
                return false
            }
        }
        return shared.count <= 1
    }

    /// Appends a call.
    ///
    /// - Parameters:
    ///   - given: Values that ``fits(_:_:)``, one for each argument that is given.
    ///   - task: For the flight record; 0 for none.
    mutating func append(_ given: [BindingValue], task: Int64) {
        let values = Self.all(given, arguments)
        let columnCount = values.compactMap { $0?.count }.max() ?? 0
        cells.append(UInt64(bitPattern: task))
        for (argument, value) in zip(arguments, values) {
            switch argument.source {
            case .lengthOf(let index):
                cells.append(UInt64(values[index]?.count ?? columnCount))
            case .written where argument.type == .outDoubles:
                let room = [Double](repeating: .nan, count: columnCount)
                append(.numbers(room), argument)
            case .written: cells.append(0)
            case .found, .constant: append(value ?? .integer(0), argument)
            }
        }
        count += 1
    }

    /// The span of the call.
    var bytes: [UInt8] {
        var cells = cells
        let base = UInt64(cells.count * 8)
        for place in places { cells[place] += base }
        // Eight bytes more, so that a pointer to nothing still points inside.
        return Self.bytes(cells) + heap + [UInt8](repeating: 0, count: 8)
    }

    private mutating func append(_ value: BindingValue, _ argument: BindingArgument) {
        switch value {
        case .integer(let number): cells.append(UInt64(bitPattern: number))
        case .number(let number):
            let isSingle = argument.type == .f32
            cells.append(isSingle ? UInt64(Float(number).bitPattern) : number.bitPattern)
        case .text(let bytes):
            point(to: bytes + [0])
            if argument.length == .after { cells.append(UInt64(bytes.count)) }
        case .numbers(let numbers):
            let isWritten = argument.type == .outDoubles
            let head = isWritten ? Self.bytes([UInt64(numbers.count)]) : []
            point(to: head + Self.bytes(numbers.map(\.bitPattern)))
            if argument.length == .after { cells.append(UInt64(numbers.count)) }
        }
    }

    private mutating func point(to bytes: [UInt8]) {
        places.append(cells.count)
        cells.append(UInt64(heap.count))
        heap += bytes
        heap += [UInt8](repeating: 0, count: -heap.count & 7)
    }

    /// One entry for each argument: given, constant, or nil.
    private static func all(_ given: [BindingValue], _ arguments: [BindingArgument])
        -> [BindingValue?]
    {
        var rest = given[...]
        return arguments.map { argument in
            switch argument.source {
            case .found: rest.popFirst()
            case .constant(let value): value
            case .lengthOf, .written: nil
            }
        }
    }

    /// As they lie in memory: the worker runs on the same machine.
    private static func bytes(_ numbers: [UInt64]) -> [UInt8] {
        unsafe numbers.withUnsafeBytes { unsafe Array($0) }
    }
}
