import Contracts
import Glibc
public import LabelModel

/// Makes a project to try things with, from nothing but code.
public struct SampleProjects: Sendable {
    private static let tileCount = 8
    /// The corner of the first tile: an unremarkable place in the north German plain.
    private static let origin = (longitude: 10.05, latitude: 53.01)

    private let projects: Projects
    private let imports: Imports

    init(projects: Projects, imports: Imports) {
        self.projects = projects
        self.imports = imports
    }

    /// Makes the project and imports its tasks as anyone would.
    ///
    /// Each task has an image and its footprint, so that tags which measure on the ground can be
    /// tried too.
    public func create(by user: User) async throws(ServiceError) -> Project {
        var settings = ProjectSettings()
        settings.title = "Sample: land from above"
        settings.description = "Eight pictures of land that does not exist, to try labeling with."
        settings.expertInstruction =
            "Draw a box around each building and a polygon around each water surface, then say "
            + "what most of the land is used for."
        settings.labelConfig = Self.labelConfig
        let project = try await projects.create(settings, by: user)
        do throws(ServiceError) {
            try await importTiles(into: project.id, by: user)
        } catch {
            // The failure is what counts; a project that stays behind can be deleted by hand.
            try? await projects.purge(project.id)
            throw error
        }
        return try await projects.project(project.id)
    }

    private func importTiles(into project: ProjectID, by user: User) async throws(ServiceError) {
        var tasks = JSONWriter()
        tasks.beginArray()
        for number in 0..<Self.tileCount {
            let file = try await imports.keep(
                OneChunk(bytes: AerialTile.png(number: number)),
                name: "land-\(number + 1).png",
                project: project,
                by: user
            )
            tasks.object { task in
                task.member("image", "/data/upload/\(file.path)")
                task.member("name", "land-\(number + 1)")
                task.key("footprint")
                Self.writeFootprint(of: number, to: &task)
            }
        }
        tasks.endArray()
        _ = try await imports.importBody(
            OneChunk(bytes: tasks.bytes),
            mediaType: "application/json",
            into: project,
            options: ImportOptions(),
            by: user
        )
    }

    /// Longitude and latitude of the corners, clockwise from the upper left, in degrees.
    private static func writeFootprint(of number: Int, to writer: inout JSONWriter) {
        let size = Double(AerialTile.size)
        let west = origin.longitude + Double(number % 4) * 0.008
        let north = origin.latitude - Double(number / 4) * 0.005
        // Meters to degrees on a sphere of the earth's mean radius.
        let metersPerDegree = 111_194.9
        let south = north - size / metersPerDegree
        let east = west + size / (metersPerDegree * cos(north * .pi / 180))
        writer.array { corners in
            for (longitude, latitude) in [
                (west, north), (east, north), (east, south), (west, south),
            ] {
                corners.array { corner in
                    corner.value(longitude)
                    corner.value(latitude)
                }
            }
        }
    }

    private static let labelConfig = """
        <View>
          <Image name="image" value="$image" zoom="true" zoomControl="true"/>
          <RectangleLabels name="building" toName="image">
            <Label value="House" background="#c0392b"/>
            <Label value="Barn" background="#8e5a2b"/>
          </RectangleLabels>
          <PolygonLabels name="area" toName="image" strokeWidth="2">
            <Label value="Water" background="#2e86c1"/>
            <Label value="Wood" background="#1e8449"/>
            <Label value="Field" background="#d4ac0d"/>
          </PolygonLabels>
          <Choices name="use" toName="image" choice="single" showInline="true">
            <Choice value="Mostly fields"/>
            <Choice value="Mostly houses"/>
            <Choice value="Something else"/>
          </Choices>
        </View>
        """
}
