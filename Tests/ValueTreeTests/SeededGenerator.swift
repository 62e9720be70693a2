/// Random numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension SeededGenerator {
    /// JSON text of a random value, with white space, escapes and every kind of number.
    mutating func json(depth: Int = 4) -> String {
        let space = ["", " ", "\n", "\t\r\n "].randomElement(using: &self) ?? ""
        let kinds = depth > 0 ? 0...7 : 0...5
        let value: String
        switch Int.random(in: kinds, using: &self) {
        case 0: value = ["null", "true", "false"].randomElement(using: &self) ?? "null"
        case 1: value = String(Int64.random(in: .min ... .max, using: &self))
        case 2: value = String(Double.random(in: -1000...1000, using: &self))
        case 3:
            value =
                "\(Int.random(in: 0...999, using: &self))e\(Int.random(in: -30...30, using: &self))"
        case 4, 5: value = string()
        case 6:
            let elements = (0..<Int.random(in: 0...5, using: &self)).map { _ in
                json(depth: depth - 1)
            }
            value = "[\(space)" + elements.joined(separator: ",") + "]"
        default:
            let members = (0..<Int.random(in: 0...5, using: &self)).map { index in
                "\"k\(index)\(Int.random(in: 0...9, using: &self))\"\(space):"
                    + json(depth: depth - 1)
            }
            value = "{\(space)" + members.joined(separator: ",") + "}"
        }
        return space + value + space
    }

    private mutating func string() -> String {
        let pieces = [
            "a", "é", "日", "😀", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", "]", "{", ",",
            "\\/",
        ]
        let count = Int.random(in: 0...12, using: &self)
        return "\"" + (0..<count).map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
            + "\""
    }
}
