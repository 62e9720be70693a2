/// What the header `Range` asks for (RFC 9110, 14.2).
package enum ByteRange: Equatable, Sendable {
    /// Everything: no range, one in other units, or several at once, which nobody needs here.
    case whole
    /// These bytes, both ends counted.
    case part(ClosedRange<Int>)
    /// Nothing of it lies inside the file.
    case unsatisfiable

    /// Reads the header for a file of `size` bytes.
    package init(header: String?, size: Int) {
        guard let header, header.hasPrefix("bytes="), !header.contains(",") else {
            self = .whole
            return
        }
        let pieces = header.dropFirst("bytes=".count)
            .split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            .map { $0.trimmingSpaces() }
        guard pieces.count == 2 else {
            self = .whole
            return
        }
        switch (Int(pieces[0]), Int(pieces[1])) {
        case (nil, let count?) where pieces[0].isEmpty && count >= 0:
            self =
                count == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - count)...(size - 1))
        case (let first?, nil) where pieces[1].isEmpty && first >= 0:
            self = first < size ? .part(first...(size - 1)) : .unsatisfiable
        case (let first?, let last?) where first >= 0 && first <= last:
            self = first < size ? .part(first...min(last, size - 1)) : .unsatisfiable
        default:
            self = .whole
        }
    }
}
