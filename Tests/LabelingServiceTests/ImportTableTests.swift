import LabelModel
import LabelingService
import Testing

@Suite(.serialized)
struct ImportTableTests {
    /// The data of all tasks that a table becomes.
    private func data(_ table: String, _ mediaType: String = "text/csv") async throws -> [String] {
        let house = try await House()
        let project = try await house.project(House.textConfig)
        try await house.importText(table, mediaType, into: project, chunk: 5)
        return try await house.service.labeling.tasks(in: project.id, page: 1, size: 100).tasks
            .map(\.data.text)
    }

    @Test(arguments: [
        ("plain", "text,n\na,1\nb,2\n", [#"{"text":"a","n":1}"#, #"{"text":"b","n":2}"#]),
        ("no line break at the end", "text\na", [#"{"text":"a"}"#]),
        ("byte order mark and CRLF", "\u{FEFF}text,n\r\na,1\r\n", [#"{"text":"a","n":1}"#]),
        ("CR alone", "text\ra\rb\r", [#"{"text":"a"}"#, #"{"text":"b"}"#]),
        ("semicolons", "text;n\na,b;1\n", [#"{"text":"a,b","n":1}"#]),
        ("quotes", "text,n\n\"a \"\"b\"\",\nc\",1\n", [#"{"text":"a \"b\",\nc","n":1}"#]),
        ("CRLF in quotes", "text\r\n\"a\r\nb\"\r\n", [#"{"text":"a\r\nb"}"#]),
        ("blank lines", "\ntext\n\na\n\n", [#"{"text":"a"}"#]),
        (
            "fractions", "text,n\na,1.5\nb,2\n",
            [#"{"text":"a","n":1.5}"#, #"{"text":"b","n":2.0}"#]
        ),
        (
            "whole numbers with a blank", "text,n\na,1\nb,\n",
            [#"{"text":"a","n":1.0}"#, #"{"text":"b","n":""}"#]
        ),
        (
            "one text makes a column text", "text,n\na,1\nb,x\n",
            [#"{"text":"a","n":"1"}"#, #"{"text":"b","n":"x"}"#]
        ),
        (
            "booleans", "text,n\na,True\nb,False\n",
            [#"{"text":"a","n":true}"#, #"{"text":"b","n":false}"#]
        ),
        (
            "words for nothing", "text,n\na,NaN\nb,x\n",
            [#"{"text":"a","n":""}"#, #"{"text":"b","n":"x"}"#]
        ),
        (
            "numbers that JSON lacks", "text,n\na,inf\nb,0x10\n",
            [#"{"text":"a","n":"inf"}"#, #"{"text":"b","n":"0x10"}"#]
        ),
        ("names twice", "text,n,n,\na,1,2,3\n", [#"{"text":"a","n":1,"n.1":2,"Unnamed: 3":3}"#]),
        ("wide letters", "text\nžluťoučký 🐎\n", [#"{"text":"žluťoučký 🐎"}"#]),
    ])
    func `a table becomes tasks`(name: String, table: String, expected: [String]) async throws {
        #expect(try await data(table) == expected)
    }

    @Test func `tabs separate in TSV whatever else there is more of`() async throws {
        let data = try await data("text\tn\na,b,c;d\t1\n", "text/tab-separated-values")
        #expect(data == [#"{"text":"a,b,c;d","n":1}"#])
    }

    @Test func `each line of a text is a task under the field that the config shows`() async throws
    {
        let data = try await data("first\r\n\n  \nlast", "text/plain")
        #expect(data == [#"{"text":"first"}"#, #"{"text":"last"}"#])
    }

    @Test(arguments: [
        ("text,n\na,1\nb\n", "csv_ragged_row", ServiceError.Place.row(3, column: 2)),
        ("text,n\na,1,2\n", "csv_ragged_row", .row(2, column: 3)),
        ("text\n\"a\n", "csv_quote", .row(2, column: 1)),
        ("text,n\n\"a\"b,1\n", "csv_quote", .row(2, column: 1)),
        ("text\n", "csv_empty", .row(1, column: 1)),
        ("", "csv_empty", .row(1, column: 1)),
        ("n\n1\n", "task_data_missing", .row(2, column: 1)),
    ])
    func `a broken table is refused with its place and stores nothing`(
        table: String,
        code: String,
        place: ServiceError.Place
    ) async throws {
        let house = try await House()
        let project = try await house.project(House.textConfig)
        let error = await #expect(throws: ServiceError.self) {
            try await house.importText(table, "text/csv", into: project)
        }
        #expect(error?.code == code)
        #expect(error?.place == place)
        #expect(try await house.taskCount(project) == 0)
    }

    @Test func `a table that is not UTF-8 is refused at its row`() async throws {
        let house = try await House()
        let project = try await house.project(House.textConfig)
        let error = await #expect(throws: ServiceError.self) {
            try await house.service.imports.importBody(
                Chunks(Array("text\na\n".utf8) + [0xE4, 0x0A], of: 3),
                mediaType: "text/csv",
                into: project.id,
                options: ImportOptions(),
                by: house.administrator
            )
        }
        #expect(error?.code == "not_utf8")
        #expect(error?.place == .row(3, column: 1))
    }
}
