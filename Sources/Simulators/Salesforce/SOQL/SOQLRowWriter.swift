import BridgeCore

/// Writes rows with the fields that were asked for, those of one relation in one object.
struct SOQLRowWriter {
    private let tables: OrgTables
    private let object: SObject
    private let shape: Shape

    /// The fields of a row, in the order of the query.
    private struct Shape {
        var items: [Item] = []
        /// What stands before the id in the attributes.
        let attributes: [UInt8]

        init(_ object: SObject, version: Int) {
            let url = "/services/data/v\(version).0/sobjects/\(object.rawValue)/"
            attributes = Array(#"{"type":"\#(object.rawValue)","url":"\#(url)"#.utf8)
        }
    }

    private enum Item {
        case column(SColumn)
        case relation(SRelation, Shape)
    }

    init(_ query: SOQLQuery, tables: OrgTables) {
        self.tables = tables
        object = query.object
        var shape = Shape(query.object, version: tables.version)
        for path in query.select {
            Self.add(path.relations[...], path.column, to: &shape, of: query.object, version: tables.version)
        }
        self.shape = shape
    }

    private static func add(
        _ relations: ArraySlice<SRelation>, _ column: SColumn, to shape: inout Shape, of object: SObject, version: Int
    ) {
        guard let relation = relations.first, let target = object.target(of: relation) else {
            shape.items.append(.column(column))
            return
        }
        let rest = relations.dropFirst()
        for index in shape.items.indices {
            guard case .relation(relation, var inner) = shape.items[index] else { continue }
            add(rest, column, to: &inner, of: target, version: version)
            shape.items[index] = .relation(relation, inner)
            return
        }
        var inner = Shape(target, version: version)
        add(rest, column, to: &inner, of: target, version: version)
        shape.items.append(.relation(relation, inner))
    }

    /// Writes the object of the row at `place`.
    func write(_ place: Int, to writer: inout JSONWriter) {
        guard let row = tables.row(object, place) else { return }
        write(row, shape, to: &writer)
    }

    private func write(_ row: OrgTables.Row, _ shape: Shape, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("attributes")
            writer.raw(shape.attributes + tables.id(row).utf8 + Self.attributesEnd)
            for item in shape.items {
                switch item {
                case .column(let column):
                    writer.name(column.rawValue)
                    tables.value(row, column).write(to: &writer)
                case .relation(let relation, let inner):
                    writer.name(relation.rawValue)
                    guard let other = tables.related(row, relation) else {
                        writer.null()
                        continue
                    }
                    write(other, inner, to: &writer)
                }
            }
        }
    }

    private static let attributesEnd = Array(#""}"#.utf8)
}
