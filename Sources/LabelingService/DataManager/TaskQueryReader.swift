import Contracts
import LabelModel
import ValueTree

/// Reads a query as the data manager's clients write it: `filters`, `ordering`, `selectedItems`.
///
/// What cannot be understood is refused with its place; a filter that were passed over would answer
/// with tasks that nobody asked for.
struct TaskQueryReader {
    /// Filters inside one another.
    private static let depthLimit = 16
    /// Conditions, keys of the order.
    private static let countLimit = 500
    /// Values that all filters together compare with.
    private static let valueLimit = 20_000

    /// Data fields that a view shows as numbers, so that it orders them as numbers.
    var numericColumns: Set<String> = []

    /// Reads an object with any of the three members; `pointer` is its place in what was sent.
    func query(_ body: JSONText, at pointer: String) throws(ServiceError) -> TaskQuery {
        guard body.kind == .object else {
            throw Self.fault("A query is an object with filters, ordering, selectedItems.", pointer)
        }
        var query = TaskQuery()
        if let filters = body["filters"], !filters.isNull {
            query.filter = try filter(filters, at: "\(pointer)/filters")
        }
        if let ordering = body["ordering"], !ordering.isNull {
            query.order = try order(ordering, at: "\(pointer)/ordering")
        }
        if let items = body["selectedItems"], !items.isNull {
            query.selection = try Self.selection(items, at: "\(pointer)/selectedItems")
        }
        return query
    }

    // MARK: Filters

    private func filter(_ filters: JSONText, at pointer: String) throws(ServiceError) -> TaskFilter?
    {
        guard filters.kind == .object else {
            throw Self.fault("Filters are an object with a conjunction and items.", pointer)
        }
        let items = filters["items"]
        guard items == nil || items?.isNull == true || items?.kind == .array else {
            throw Self.fault("The items of filters are a list.", "\(pointer)/items")
        }
        let parts = try conditions(of: items, at: "\(pointer)/items")
        guard !parts.isEmpty else { return nil }
        switch filters["conjunction"]?.string ?? "and" {
        case "and": return .all(parts)
        case "or": return .any(parts)
        case let word:
            throw Self.fault("“\(word)” joins no filters.", "\(pointer)/conjunction", "and, or")
        }
    }

    private func conditions(
        of items: JSONText?,
        at pointer: String
    ) throws(ServiceError) -> [TaskFilter] {
        var parts: [TaskFilter] = []
        guard let items, !items.isNull else { return [] }
        for (index, item) in items.elements.enumerated() {
            guard index < Self.countLimit else {
                throw Self.fault("There are more than \(Self.countLimit) filters.", pointer)
            }
            if let part = try condition(item, at: "\(pointer)/\(index)") { parts.append(part) }
        }
        guard parts.reduce(0, { $0 + $1.valueCount }) <= Self.valueLimit else {
            throw Self.fault("Filters compare with at most \(Self.valueLimit) values.", pointer)
        }
        return parts
    }

    /// A filter with those inside it, of which each narrows further.
    private func condition(_ item: JSONText, at pointer: String) throws(ServiceError) -> TaskFilter?
    {
        var parts: [TaskFilter] = []
        var item = item
        var pointer = pointer
        for _ in 0..<Self.depthLimit {
            guard item.kind == .object else { throw Self.fault("A filter is an object.", pointer) }
            // As Label Studio's: a filter of something else, or without a value, asks for nothing.
            let prefix = "filter:tasks:"
            if let name = item["filter"]?.string, name.hasPrefix(prefix),
                let value = item["value"], !value.isNull
            {
                let reader = FilterReader(item: item, value: value, pointer: pointer)
                parts.append(.condition(try reader.condition(on: name.dropFirst(prefix.count))))
            }
            guard let child = item["child_filter"], !child.isNull else {
                return parts.isEmpty ? nil : .all(parts)
            }
            item = child
            pointer += "/child_filter"
        }
        throw Self.fault("Filters stand too deep inside one another.", pointer)
    }

    // MARK: Order and selection

    private func order(_ list: JSONText, at pointer: String) throws(ServiceError) -> [TaskOrder] {
        guard list.kind == .array, list.count <= Self.countLimit else {
            throw Self.fault("The ordering is a list of column names.", pointer)
        }
        var keys: [TaskOrder] = []
        for (index, element) in list.elements.enumerated() {
            let place = "\(pointer)/\(index)"
            guard let text = element.string else {
                throw Self.fault("A key of the ordering is a text.", place)
            }
            // The minus may stand before or behind the prefix.
            let name = text.replacing("tasks:", with: "", maxReplacements: 1)
            let bare = name.drop { $0 == "-" }
            guard let column = TaskColumn(name: bare) else {
                throw Self.fault("There is no column “\(bare)”.", place)
            }
            keys.append(
                TaskOrder(
                    column,
                    isDescending: name.hasPrefix("-"),
                    isNumeric: numericColumns.contains(String(bare))
                )
            )
        }
        return keys
    }

    static func selection(
        _ items: JSONText,
        at pointer: String
    ) throws(ServiceError) -> TaskQuery.Selection {
        guard items.kind == .object else {
            throw fault("A selection is an object with “all” and a list of ids.", pointer)
        }
        if items["all"]?.bool == true {
            let ids = try ids(items["excluded"], at: "\(pointer)/excluded")
            return ids.isEmpty ? .all : .except(ids)
        }
        return .only(try ids(items["included"], at: "\(pointer)/included"))
    }

    private static func ids(
        _ list: JSONText?,
        at pointer: String
    ) throws(ServiceError) -> [TaskID] {
        guard let list, !list.isNull else { return [] }
        let numbers = list.elements.compactMap { $0.int64 ?? $0.string.flatMap { Int64($0) } }
        guard list.kind == .array, numbers.count == list.count else {
            throw fault("These are no ids of tasks.", pointer)
        }
        return numbers.map { TaskID($0) }
    }

    static func fault(
        _ message: String,
        _ pointer: String,
        _ choices: String? = nil
    ) -> ServiceError {
        ServiceError(
            .invalid,
            "filter_invalid",
            message,
            hint: choices.map { "There are: \($0)." }
                ?? "See the columns of the project at /api/dm/columns/.",
            at: .pointer(pointer)
        )
    }
}

extension TaskFilter {
    /// How many values it compares with.
    fileprivate var valueCount: Int {
        switch self {
        case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.valueCount }
        case .condition(let condition):
            switch condition.test {
            case .oneOf(let values): values.count
            case .contains(let parts): parts.count
            default: 1
            }
        }
    }
}
