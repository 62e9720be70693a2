/// A position in the text of a labeling config.
///
/// Both numbers count from 1. `column` counts Unicode scalars, as a person counts characters in an
/// editor; a line ends at LF, CR or CR LF.
public struct SourcePlace: Hashable, Sendable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

extension SourcePlace: Comparable {
    public static func < (lhs: SourcePlace, rhs: SourcePlace) -> Bool {
        (lhs.line, lhs.column) < (rhs.line, rhs.column)
    }
}
