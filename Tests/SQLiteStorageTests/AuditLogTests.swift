import Contracts
import Crypto
import GRDB
import LabelModel
import SQLiteStorage
import StorageConformance
import Testing

@Suite struct AuditLogTests {
    @Test(arguments: [
        "UPDATE audit_entries SET actor = 'nobody'", "DELETE FROM audit_entries",
        "INSERT OR REPLACE INTO audit_entries SELECT * FROM audit_entries",
    ])
    func `not even SQL changes an entry`(statement: String) async throws {
        let place = try TemporaryPlace()
        let storage = try await place.open(clock: SteppingClock())
        try await storage.audit.append(AuditEvent("a.made", on: "a:1", by: .operator))
        let queue = try DatabaseQueue(path: place.path)
        await #expect(throws: DatabaseError.self) {
            try await queue.write { try $0.execute(sql: statement) }
        }
        try queue.close()
        await storage.close()
    }

    @Test func `hashes are those of the documented text`() async throws {
        let place = try TemporaryPlace()
        let storage = try await place.open(clock: SteppingClock())
        let first = try await storage.audit.append(
            AuditEvent("a.made", on: "a:1", by: .operator, detail: #"{"b":2}"#)
        )
        let zeros = String(repeating: "0", count: 64)
        let text =
            "[\"\(zeros)\",1,\(first.at.microseconds),null,\"operator\",\"a.made\",\"a:1\",null,"
            + "{\"b\":2}]"
        #expect(first.hash == Array(SHA256.hash(data: Array(text.utf8))))
        await storage.close()
    }
}
