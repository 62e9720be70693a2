import Testing

@Suite struct LayoutTests {
    @Test func `every structure is laid out as the table says`() {
        let measured = measuredLayouts.map(\.text).joined(separator: "\n")
        let wanted = layoutTable.split(separator: "\n")
        let found = measured.split(separator: "\n")
        for (wanted, found) in zip(wanted, found) {
            #expect(found == wanted)
        }
        #expect(found.count == wanted.count)
    }
}
