internal import LabelModel
public import ValueTree

extension DataPath {
    /// The value that stands at the path.
    ///
    /// - Returns: `nil` when there is none.
    public func value(in data: JSONText) -> JSONText? {
        var value: JSONText? = data
        for step in steps {
            switch step {
            case .member(let name): value = value?[name]
            case .element(let index): value = value?[index]
            }
        }
        return value
    }

    /// The value that stands at the path in a task's stored data.
    func value(in data: RawJSON) -> JSONText? {
        guard let data = try? JSONText(parsing: data.bytes) else { return nil }
        return value(in: data)
    }
}
