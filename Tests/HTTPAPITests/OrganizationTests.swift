import HTTPTypes
import Testing
import ValueTree

struct OrganizationTests {
    @Test func `there is one organization, which administrators rename`() async throws {
        try await TestServer.with { server in
            let list = try await server.send(.get, "/api/organizations/").json
            #expect(list.count == 1 && list[0]?["id"]?.int64 == 1)
            let changed = try await server.send(
                .patch,
                "/api/organizations/1",
                #"{"title": "Surveyors"}"#
            ).json
            #expect(changed["title"]?.string == "Surveyors")
            #expect(changed["users"]?.elements.compactMap(\.int64) == [1, 2])
            let seen = try await server.send(
                .get,
                "/api/organizations/1",
                as: .some(server.memberToken)
            ).json
            #expect(seen["title"]?.string == "Surveyors")
            #expect(seen["token"]?.isNull == true)
            let refused = try await server.send(
                .patch,
                "/api/organizations/1",
                "{}",
                as: .some(server.memberToken)
            )
            #expect(refused.status == .forbidden)
            #expect(try await server.send(.get, "/api/organizations/2").status == .notFound)
        }
    }

    @Test func `members are listed in pages, with what they did`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject(tasks: 1)
            _ = try await server.send(
                .post,
                "/api/tasks/1/annotations/",
                #"{"result": []}"#,
                as: .some(server.memberToken)
            )
            let path = "/api/organizations/1/memberships"
            let page = try await server.send(.get, path + "?page_size=1").json
            #expect(page["count"]?.int64 == 2 && page["results"]?.count == 1)
            #expect(try await server.send(.get, path + "?page=3").status == .notFound)
            let whole = try await server.send(
                .get,
                path + "?page_size=-1&contributed_to_projects=true"
            ).json["results"]
            #expect(whole?[0]?["created_projects"]?[0]?["id"]?.int64 == project)
            #expect(whole?[1]?["contributed_to_projects"]?[0]?["title"]?.string == "Roofs")
            let member = try await server.send(.get, path + "/2/").json
            #expect(member["annotations_count"]?.int64 == 1)
            #expect(try await server.send(.delete, path + "/1/").status == .methodNotAllowed)
            #expect(try await server.send(.delete, path + "/2/").status == .noContent)
            #expect(try await server.send(.get, path + "/2/").status == .notFound)
        }
    }

    @Test func `an invitation makes a member, until it is reset`() async throws {
        try await TestServer.with { server in
            let link = try #require(
                try await server.send(.get, "/api/invite").json["invite_url"]?.string
            )
            #expect(link.hasPrefix("/user/signup/?token="))
            let page = try await server.send(.get, link, as: .some(nil))
            #expect(page.status == .ok)
            let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            let weak = try await server.send(
                .post,
                link,
                "email=eve%40example.org&password=short",
                as: .some(nil),
                headers: form
            )
            #expect(weak.status == .badRequest)
            #expect(weak.headers[.contentType]?.hasPrefix("text/html") == true)
            let joined = try await server.send(
                .post,
                link,
                "email=eve%40example.org&password=long+enough&first_name=Eve",
                as: .some(nil),
                headers: form
            )
            #expect(joined.status == .seeOther)
            #expect(joined.cookie("sessionid")?.isEmpty == false)
            let users = try await server.send(.get, "/api/users/").json
            #expect(users[2]?["email"]?.string == "eve@example.org")
            #expect(users[2]?["role"]?.string == "member")
            let reset = try await server.send(.post, "/api/invite/reset-token")
            #expect(reset.status == .created)
            let late = try await server.send(
                .post,
                link,
                "email=mallory%40example.org&password=long+enough",
                as: .some(nil),
                headers: form
            )
            #expect(late.status == .forbidden)
            let nosy = try await server.send(.get, "/api/invite", as: .some(server.memberToken))
            #expect(nosy.status == .forbidden)
        }
    }

    @Test func `hotkeys and tours are each user's own`() async throws {
        try await TestServer.with { server in
            let body = #"{"custom_hotkeys": {"annotation:submit": {"key": "ctrl+enter"}}}"#
            let set = try await server.send(.patch, "/api/current-user/hotkeys/", body)
            #expect(set.status == .ok)
            let kept = try await server.send(.get, "/api/current-user/hotkeys/").json
            #expect(kept["custom_hotkeys"]?["annotation:submit"]?["key"]?.string == "ctrl+enter")
            let other = try await server.send(
                .get,
                "/api/current-user/hotkeys/",
                as: .some(server.memberToken)
            ).json
            #expect(other["custom_hotkeys"]?.count == 0)
            let path = "/api/current-user/product-tour?name=editor"
            #expect(try await server.send(.get, path).json["state"]?.string == "ready")
            _ = try await server.send(.patch, path, #"{"state": "skipped"}"#)
            #expect(try await server.send(.get, path).json["state"]?.string == "skipped")
        }
    }

    @Test func `a project tells its annotators, model versions and labels`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject(tasks: 2)
            _ = try await server.send(
                .post,
                "/api/tasks/1/annotations/",
                "{\"result\": [\(TestServer.region)]}",
                as: .some(server.memberToken)
            )
            _ = try await server.send(
                .post,
                "/api/predictions/",
                #"{"task": 1, "model_version": "m", "result": []}"#
            )
            let path = "/api/projects/\(project)"
            let annotators = try await server.send(.get, path + "/annotators/").json
            #expect(annotators.elements.compactMap { $0["id"]?.int64 } == [2])
            let summary = try await server.send(.get, path + "/summary").json
            #expect(summary["all_data_columns"]?["image"]?.int64 == 2)
            #expect(summary["common_data_columns"]?[0]?.string == "image")
            #expect(summary["created_annotations"]?["label|image|rectanglelabels"]?.int64 == 1)
            #expect(summary["created_labels"]?["label"]?["Roof"]?.int64 == 1)
            let renamed = try await server.send(
                .post,
                "/api/labels/bulk",
                "{\"project\": \(project), \"old_label\": \"Roof\", \"new_label\": \"Tree\"}"
            ).json
            #expect(renamed["annotations_updated"]?.int64 == 1)
            let versions = try await server.send(.get, path + "/model-versions/").json
            #expect(versions["m"]?.int64 == 1)
            let extended = try await server.send(
                .get,
                path + "/model-versions?extended=true&limit=1"
            ).json
            #expect(extended["static"]?[0]?["count"]?.int64 == 1)
            let gone = try await server.send(
                .delete,
                path + "/model-versions/",
                #"{"model_version": "m"}"#
            ).json
            #expect(gone["deleted_predictions"]?.int64 == 1)
        }
    }
}
