import Contracts
import GRDB

/// The tables, and how older files become present ones.
///
/// A migration that was released is never changed; what is new gets a new one at the end.
enum Schema {
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 people") { try $0.execute(sql: people) }
        migrator.registerMigration("1 projects") { try $0.execute(sql: projects) }
        migrator.registerMigration("1 tasks") { try $0.execute(sql: tasks) }
        migrator.registerMigration("1 answers") { try $0.execute(sql: answers) }
        migrator.registerMigration("1 plugins") { try $0.execute(sql: plugins) }
        migrator.registerMigration("2 views") { try $0.execute(sql: views) }
        migrator.registerMigration("2 site") { try $0.execute(sql: site) }
        migrator.registerMigration("2 jobs") { try $0.execute(sql: jobs) }
        migrator.registerMigration("3 audit") { try $0.execute(sql: audit) }
        migrator.registerMigration("3 plugin upgrades") { try $0.execute(sql: pluginUpgrades) }
        migrator.registerMigration("3 webhooks") { try $0.execute(sql: webhooks) }
        migrator.registerMigration("3 ML backends") { try $0.execute(sql: mlBackends) }
        migrator.registerMigration("3 linked storages") { try $0.execute(sql: linkedStorages) }
        migrator.registerMigration("4 hidden projects") { try $0.execute(sql: hiddenProjects) }
        migrator.registerMigration("4 trash") { try $0.execute(sql: trash) }
        migrator.registerMigration("4 labels") { try $0.execute(sql: labels) }
        migrator.registerMigration("5 project archiving") { try $0.execute(sql: projectArchiving) }
        return migrator
    }()

    /// Brings the file up to date.
    ///
    /// - Throws: ``StorageError`` `corrupt` when a newer program has been at the file.
    static func migrate(_ database: DatabaseQueue) throws {
        if try database.read(migrator.hasBeenSuperseded) {
            throw StorageError(
                .corrupt,
                "The database was made by a newer version of Postil. Start that version, "
                    + "or restore a backup from before the upgrade."
            )
        }
        try migrator.migrate(database)
    }
}
