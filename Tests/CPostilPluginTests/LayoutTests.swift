import CPostilPlugin
import Testing

@Suite struct LayoutTests {
    @Test func `a node is sixteen bytes`() {
        #expect(MemoryLayout<postil_node_t>.size == 16)
    }
}
