import Foundation
import PluginHost
import Testing

@Suite struct ManifestFuzzTests {
    /// A sequence that is the same in every run (SplitMix64, Steele and others, 2014).
    private struct SeededNumbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let sound = """
        {"manifestVersion": 1, "id": "org.example.plain", "version": "1.0.0", "name": "Plain",
         "abi": {"built": "1.0", "min": "1.0"}, "web": [{"module": "web/a.js"}],
         "tags": [{"tag": "Plain", "kind": "control", "module": "web/a.js", "children": ["Label"],
           "attributes": {"type": "object", "properties": {"a": {"type": "number"}}},
           "resultTypes": [{"type": "plain"}], "measures": [{"name": "m"}]}],
         "permissions": {"network": ["example.org"], "memory": 1e6}, "x-own": [null, true, -0.5e-3]}
        """

    @Test(arguments: 0..<8)
    func `a damaged manifest is read or refused, and harms nothing`(seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        try folder.write("export default 1;", to: "web/a.js")
        var numbers = SeededNumbers(state: seed)
        var refused = 0
        for _ in 0..<100 {
            var bytes = Array(Self.sound.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                let place = Int.random(in: bytes.indices, using: &numbers)
                switch Int.random(in: 0..<4, using: &numbers) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(bytes[place], at: place)
                default: bytes.swapAt(place, bytes.count - 1 - place)
                }
            }
            try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/manifest.json"))
            let inspection = PluginInspection(folder: folder.path, hostVersion: "0.1.0")
            #expect((inspection.manifest == nil) == (inspection.refusal != nil))
            if inspection.refusal != nil { refused += 1 }
        }
        #expect(refused > 50)
    }

    @Test func `the manifest that is damaged here is sound by itself`() throws {
        let folder = try TemporaryFolder()
        try folder.write("export default 1;", to: "web/a.js")
        try folder.write(Self.sound, to: "manifest.json")

        let inspection = PluginInspection(folder: folder.path, hostVersion: "0.1.0")

        #expect(inspection.refusal == nil)
    }
}
