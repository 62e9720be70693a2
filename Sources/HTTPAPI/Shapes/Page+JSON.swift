internal import LabelModel

/// One page of a list with its neighbors' addresses, as Django REST framework writes it.
struct PagedAnswer: Sendable {
    let page: PageNumber
    let total: Int
    /// Path and query of the list; neighbors differ in `page`.
    let path: String
    let query: QueryItems

    /// Writes the page around its elements.
    func write(to writer: inout JSONWriter, results: (inout JSONWriter) -> Void) {
        let hasNext = page.number * page.size < total
        writer.object { writer in
            writer.member("count", total)
            writer.member("next", hasNext ? address(of: page.number + 1) : nil)
            writer.member("previous", page.number > 1 ? address(of: page.number - 1) : nil)
            writer.key("results")
            writer.array(results)
        }
    }

    private func address(of number: Int) -> String {
        var items = query.items.filter { $0.name != "page" }
        items.append(("page", String(number)))
        let text = items.map { item in
            PercentEncoding.encodePath(item.name) + "=" + PercentEncoding.encodePath(item.value)
        }
        return path + "?" + text.joined(separator: "&")
    }
}
