/// A line of elements: in at the end, out at the front, both in constant time on average.
struct FirstInFirstOut<Element> {
    private var elements: [Element] = []
    private var start = 0

    var first: Element? { start < elements.count ? elements[start] : nil }

    mutating func append(_ element: Element) {
        elements.append(element)
    }

    mutating func removeFirst() {
        start += 1
        guard start > 512, start * 2 > elements.count else { return }
        elements.removeFirst(start)
        start = 0
    }
}
