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
}
