import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let userPromises: [StoragePromise] = [
        StoragePromise("users come back as they were stored, by id") { bench in
            let users = try await bench.storage.users.list()
            #expect(
                users.map(\.email) == ["ann@example.org", "bob@example.org", "cid@example.org"]
            )
            #expect(users.map(\.id) == [bench.ann, bench.bob, bench.cid])
            #expect(try await bench.storage.users.user(bench.bob) == users[1])
            #expect(users.allSatisfy { $0.isActive && $0.role == .member })
        },
        StoragePromise("an address is taken without regard to case, and then nobody is stored") {
            bench in
            let users = ["new@example.org", "ANN@Example.org"].enumerated().map { number, email in
                NewUser(
                    email: email,
                    role: .member,
                    passwordHash: nil,
                    tokenDigest: StorageBench.digest(UInt8(100 + number))
                )
            }
            await expect(.duplicate) { _ = try await bench.storage.users.insert(users) }
            let stored = try await bench.storage.users.list()
            #expect(stored.count == 3)
            let new = try await bench.storage.users.credentials(email: "new@example.org")
            #expect(new?.user == nil)
        },
        StoragePromise("credentials are found without regard to case") { bench in
            let found = try await bench.storage.users.credentials(email: "Ann@EXAMPLE.org")
            #expect(found?.user.id == bench.ann)
            #expect(found?.passwordHash == "hash of ann")
        },
        StoragePromise("a token finds its user until it is replaced") { bench in
            let users = bench.storage.users
            #expect(try await users.user(tokenDigest: StorageBench.digest(2))?.id == bench.bob)
            try await users.setToken(of: bench.bob, digest: StorageBench.digest(77))
            #expect(try await users.user(tokenDigest: StorageBench.digest(2)) == nil)
            #expect(try await users.user(tokenDigest: StorageBench.digest(77))?.id == bench.bob)
            await expect(.notFound) {
                try await users.setToken(of: UserID(999), digest: StorageBench.digest(78))
            }
        },
        StoragePromise("a change of a user leaves alone what it does not name") { bench in
            var changes = UserChanges()
            changes.firstName = "Ann"
            changes.role = .administrator
            let user = try await bench.storage.users.update(bench.ann, changes)
            #expect(user.firstName == "Ann")
            #expect(user.role == .administrator)
            #expect(user.username == "ann@example.org")
            #expect(try await bench.storage.users.user(bench.ann) == user)
            await expect(.notFound) {
                _ = try await bench.storage.users.update(UserID(999), changes)
            }
        },
        StoragePromise("a user seen by token shows a change at once") { bench in
            let users = bench.storage.users
            _ = try await users.user(tokenDigest: StorageBench.digest(1))
            var changes = UserChanges()
            changes.isActive = false
            _ = try await users.update(bench.ann, changes)
            #expect(try await users.user(tokenDigest: StorageBench.digest(1))?.isActive == false)
        },
        StoragePromise("removing a user who left nothing behind deletes the user") { bench in
            try await bench.storage.users.remove(bench.cid)
            #expect(try await bench.storage.users.user(bench.cid) == nil)
            #expect(try await bench.storage.users.user(tokenDigest: StorageBench.digest(3)) == nil)
        },
        StoragePromise("removing a user who annotated deactivates the user") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            try await bench.annotate(task, by: bench.cid)
            try await bench.storage.users.remove(bench.cid)
            #expect(try await bench.storage.users.user(bench.cid)?.isActive == false)
        },
        StoragePromise("an id is never given to a second user") { bench in
            try await bench.storage.users.remove(bench.cid)
            let next = try await bench.users(1)[0]
            #expect(next > bench.cid)
        },
    ]

    static let sessionPromises: [StoragePromise] = [
        StoragePromise("a session is found until it expires or is removed") { bench in
            let users = bench.storage.users
            let now = bench.clock.now()
            let session = Session(
                user: bench.ann,
                csrfToken: "token",
                createdAt: now,
                expiresAt: now.adding(seconds: 60)
            )
            let digest = StorageBench.digest(9)
            try await users.insertSession(session, digest: digest)
            #expect(try await users.session(digest: digest, at: now) == session)
            #expect(try await users.session(digest: digest, at: session.expiresAt) == nil)
            #expect(try await users.session(digest: StorageBench.digest(8), at: now) == nil)
            try await users.removeSession(digest: digest)
            #expect(try await users.session(digest: digest, at: now) == nil)
        },
        StoragePromise("a sign-in link works once, and not after its time") { bench in
            let users = bench.storage.users
            let now = bench.clock.now()
            let end = now.adding(seconds: 60)
            for byte in [UInt8(1), 2] {
                try await users.insertSignInLink(
                    for: bench.bob,
                    digest: StorageBench.digest(byte),
                    expiresAt: end
                )
            }
            let first = StorageBench.digest(1)
            #expect(try await users.takeSignInLink(digest: first, at: now) == bench.bob)
            #expect(try await users.takeSignInLink(digest: first, at: now) == nil)
            #expect(
                try await users.takeSignInLink(digest: StorageBench.digest(2), at: end) == nil
            )
        },
    ]
}
