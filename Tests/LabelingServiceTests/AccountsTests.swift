import LabelModel
import LabelingService
import Testing

@Suite(.serialized)
struct AccountsTests {
    @Test func `a password signs in, and another one does not`() async throws {
        let house = try await House()
        let accounts = house.service.accounts
        let session = try await accounts.signIn(
            email: "Admin@Example.org",
            password: "correct horse"
        )
        #expect(try await accounts.session(secret: session.secret)?.user == house.administrator)
        for (email, password) in [
            ("admin@example.org", "wrong"), ("nobody@example.org", "correct horse"), ("", ""),
        ] {
            let error = await #expect(throws: ServiceError.self) {
                try await accounts.signIn(email: email, password: password)
            }
            #expect(error?.code == "wrong_credentials")
        }
    }

    @Test func `a session ends when it is signed out and when its time is over`() async throws {
        let house = try await House()
        let accounts = house.service.accounts
        let first = try await accounts.signIn(email: "ann@example.org", password: "battery staple")
        let second = try await accounts.signIn(email: "ann@example.org", password: "battery staple")
        #expect(try await accounts.session(secret: first.secret) != nil)
        try await accounts.signOut(secret: first.secret)
        #expect(try await accounts.session(secret: first.secret) == nil)
        #expect(try await accounts.session(secret: second.secret) != nil)
        house.clock.advance(seconds: 15 * 86_400)
        #expect(try await accounts.session(secret: second.secret) == nil)
    }

    @Test func `a link signs in once`() async throws {
        let house = try await House()
        let accounts = house.service.accounts
        let link = try await accounts.makeSignInLink(for: house.annotator.id)
        #expect(try await accounts.signIn(link: link).signedIn.user.id == house.annotator.id)
        await #expect(throws: ServiceError.self) { try await accounts.signIn(link: link) }
        let late = try await accounts.makeSignInLink(for: house.annotator.id, lifetimeSeconds: 60)
        house.clock.advance(seconds: 61)
        await #expect(throws: ServiceError.self) { try await accounts.signIn(link: late) }
    }

    @Test func `a reset token works at once and the old one no longer`() async throws {
        let house = try await House()
        let accounts = house.service.accounts
        let old = try await accounts.resetToken(of: house.annotator.id, by: house.annotator)
        #expect(try await accounts.user(token: old)?.id == house.annotator.id)
        let new = try await accounts.resetToken(of: house.annotator.id, by: house.administrator)
        #expect(try await accounts.user(token: old) == nil)
        #expect(try await accounts.user(token: new)?.id == house.annotator.id)
        #expect(try await accounts.user(token: "") == nil)
        let error = await #expect(throws: ServiceError.self) {
            try await accounts.resetToken(of: house.administrator.id, by: house.annotator)
        }
        #expect(error?.kind == .forbidden)
    }

    @Test func `who is switched off can do nothing from then on`() async throws {
        let house = try await House()
        let accounts = house.service.accounts
        let token = try await accounts.resetToken(of: house.annotator.id, by: house.annotator)
        let session = try await accounts.signIn(
            email: "ann@example.org",
            password: "battery staple"
        )
        #expect(try await accounts.user(token: token) != nil)
        #expect(try await accounts.session(secret: session.secret) != nil)
        var changes = AccountChanges()
        changes.isActive = false
        _ = try await accounts.update(house.annotator.id, changes, by: house.administrator)
        #expect(try await accounts.user(token: token) == nil)
        #expect(try await accounts.session(secret: session.secret) == nil)
        await #expect(throws: ServiceError.self) {
            try await accounts.signIn(email: "ann@example.org", password: "battery staple")
        }
    }

    @Test func `roles are changed by administrators, of others`() async throws {
        let house = try await House()
        var changes = AccountChanges()
        changes.role = .administrator
        for (id, user) in [
            (house.annotator.id, house.annotator), (house.administrator.id, house.administrator),
        ] {
            let error = await #expect(throws: ServiceError.self) {
                try await house.service.accounts.update(id, changes, by: user)
            }
            #expect(error?.kind == .forbidden)
        }
    }

    @Test(arguments: ["", "a", "a@", "@b", "a@b@c", "a b@c"])
    func `what is no address is refused`(email: String) async throws {
        let house = try await House()
        let error = await #expect(throws: ServiceError.self) {
            try await house.service.accounts.create(
                NewAccount(email: email, password: nil, role: .member),
                by: house.administrator
            )
        }
        #expect(error?.field == "email")
    }
}
