internal import Crypto
internal import CryptoExtras
internal import Dispatch
internal import FoundationEssentials
internal import LabelingService

/// Passwords by scrypt (RFC 7914).
///
/// Text form: `scrypt$<log2 of N>$<r>$<p>$<salt>$<key>`, salt and key in Base64, so that the cost
/// can be raised later without making old hashes unreadable.
struct ScryptPasswords: PasswordHasher {
    /// What one derivation costs: 32 MiB of memory and about a tenth of a second.
    private struct Cost: Hashable {
        var logRounds = 15
        var blockSize = 8
        var parallelism = 1
    }

    /// Derivations go one after another, so that many sign-ins at once take turns at the memory
    /// and the processor instead of taking both away from everyone else.
    private static let queue = DispatchQueue(label: "postil.scrypt", qos: .utility)

    func hash(_ password: String) async throws -> String {
        var random = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let cost = Cost()
        let key = try await Self.derive(password, salt: salt, cost: cost, byteCount: 32)
        return [
            "scrypt", String(cost.logRounds), String(cost.blockSize), String(cost.parallelism),
            Data(salt).base64EncodedString(), Data(key).base64EncodedString(),
        ].joined(separator: "$")
    }

    /// Takes as long for text that is no hash as for one, so that time does not tell whether an
    /// address is known.
    func matches(_ password: String, hash: String) async -> Bool {
        let pieces = hash.split(separator: "$", omittingEmptySubsequences: false)
        guard pieces.count == 6, pieces[0] == "scrypt", let logRounds = Int(pieces[1]),
            let blockSize = Int(pieces[2]), let parallelism = Int(pieces[3]),
            (10...20).contains(logRounds), (1...16).contains(blockSize),
            (1...4).contains(parallelism),
            let salt = Data(base64Encoded: String(pieces[4])),
            let known = Data(base64Encoded: String(pieces[5])), !known.isEmpty
        else {
            _ = try? await Self.derive(
                password,
                salt: Array(repeating: 0, count: 16),
                cost: Cost(),
                byteCount: 32
            )
            return false
        }
        let cost = Cost(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
        guard
            let key = try? await Self.derive(
                password,
                salt: Array(salt),
                cost: cost,
                byteCount: known.count
            )
        else { return false }
        var difference: UInt8 = 0
        for (mine, stored) in zip(key, known) { difference |= mine ^ stored }
        return difference == 0
    }

    private static func derive(
        _ password: String,
        salt: [UInt8],
        cost: Cost,
        byteCount: Int
    ) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result {
                        let key = try KDF.Scrypt.deriveKey(
                            from: Array(password.utf8),
                            salt: salt,
                            outputByteCount: byteCount,
                            rounds: 1 << cost.logRounds,
                            blockSize: cost.blockSize,
                            parallelism: cost.parallelism
                        )
                        return unsafe key.withUnsafeBytes { unsafe Array($0) }
                    }
                )
            }
        }
    }
}
