import HTTPAPI
import HTTPTypes
import Testing
import ValueTree

struct OpenAPITests {
    @Test func `the document holds every endpoint of the API and no other`() async throws {
        try await TestServer.with { server in
            let document = try await server.send(.get, "/api/openapi.json", as: .some(nil)).json
            var documented: Set<String> = []
            for path in try #require(document["paths"]).members {
                for operation in path.value.members {
                    documented.insert("\(operation.name.uppercased()) \(path.name)")
                }
            }
            let routed = server.responder.endpoints.filter { $0.group != .pages }.map {
                "\($0.method.rawValue) \($0.path.replacing("*}", with: "}"))"
            }
            #expect(documented == Set(routed))
            #expect(Set(routed).count == routed.count)
        }
    }

    @Test func `every documented operation reaches its endpoint`() async throws {
        try await TestServer.with { server in
            for endpoint in server.responder.endpoints {
                let path = endpoint.path.split(separator: "/").map { segment in
                    segment.hasPrefix("{") ? "9" : String(segment)
                }
                let answer = try await server.send(
                    endpoint.method,
                    "/" + path.joined(separator: "/"),
                    as: .some("bad")
                )
                #expect(answer.status != .methodNotAllowed, "\(endpoint.method) \(endpoint.path)")
                #expect(answer.status.kind != .serverError, "\(endpoint.method) \(endpoint.path)")
            }
        }
    }

    @Test func `references lead somewhere and operations have names of their own`() async throws {
        try await TestServer.with { server in
            let answer = try await server.send(.get, "/api/openapi.json")
            let document = try answer.json
            #expect(document["openapi"]?.string == "3.1.0")
            let schemas = try #require(document["components"]?["schemas"])
            for piece in answer.text.split(separator: "#/components/schemas/").dropFirst() {
                let name = String(piece.prefix { $0 != "\"" })
                #expect(schemas[name] != nil, "\(name) is not described")
            }
            var names: Set<String> = []
            for path in try #require(document["paths"]).members {
                for operation in path.value.members {
                    let name = try #require(operation.value["operationId"]?.string)
                    #expect(names.insert(name).inserted, "\(name) stands twice")
                }
            }
        }
    }

    @Test func `answers have the members that their schemas require`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject(tasks: 1)
            _ = try await server.send(.post, "/api/predictions/", #"{"task": 1, "result": []}"#)
            _ = try await server.send(.post, "/api/tasks/1/drafts", #"{"result": []}"#)
            let document = try await server.send(.get, "/api/openapi.json").json
            let next = try await server.send(.get, "/api/projects/\(project)/next/").json
            let made = try await server.send(
                .post,
                "/api/tasks/1/annotations/",
                #"{"result": []}"#
            ).json
            let cases: [(String, JSONText?)] = [
                ("Project", try await server.send(.get, "/api/projects/\(project)/").json),
                ("NextTask", next), ("Annotation", made), ("Draft", next["drafts"]?[0]),
                ("Prediction", next["predictions"]?[0]),
                ("ListedTask", try await server.send(.get, "/api/tasks/1/").json),
                ("Task", try await server.send(.get, "/api/projects/\(project)/tasks/").json[0]),
                ("User", try await server.send(.get, "/api/users/1/").json),
                ("Tag", try await server.send(.get, "/api/tags").json[0]),
                ("Version", try await server.send(.get, "/api/version/").json),
                ("Error", try await server.send(.get, "/api/nothing").json),
            ]
            for (name, value) in cases {
                let value = try #require(value, "\(name) is missing")
                let schema = try #require(document["components"]?["schemas"]?[name])
                for member in try #require(schema["required"]).elements {
                    let member = try #require(member.string)
                    #expect(value[member] != nil, "\(name) has no \(member)")
                }
                for member in value.members where name != "Version" {
                    #expect(
                        schema["properties"]?[member.name] != nil,
                        "\(member.name) of \(name) is not described"
                    )
                }
            }
        }
    }
}
