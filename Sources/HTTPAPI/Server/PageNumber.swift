/// Which page of a list is asked for.
struct PageNumber: Equatable, Sendable {
    /// From 1.
    var number: Int
    var size: Int

    init(number: Int, size: Int) {
        self.number = number
        self.size = size
    }

    /// Reads `page` and `page_size`.
    ///
    /// Without a size the page has the `standard` one; a size above `largest` is taken down to it.
    /// A page that cannot be is 404 "Invalid page.", as clients that walk until the end expect.
    init(_ query: QueryItems, standard: Int, largest: Int) throws(APIError) {
        size = standard
        if let asked = try query.integer("page_size"), asked > 0 {
            size = Int(min(asked, Int64(largest)))
        }
        number = 1
        if let text = query["page"], !text.isEmpty {
            guard let asked = Int(text), asked >= 1, asked <= Int(Int32.max) else {
                throw APIError.noSuchPage
            }
            number = asked
        }
    }

    /// True when the list asked for this page by its number or size.
    static func isAsked(for query: QueryItems) -> Bool {
        query["page"] != nil || query["page_size"] != nil
    }
}
