package fgb

// Fields of the tables in header.fbs and feature.fbs of FlatGeobuf 3, by number.
const (
	headerName = iota
	headerEnvelope
	headerGeometryType
	headerHasZ
	headerHasM
	headerHasT
	headerHasTM
	headerColumns
	headerFeaturesCount
	headerIndexNodeSize
	headerCRS
	headerTitle
	headerDescription
	headerMetadata
	headerFields
)

const (
	columnName = iota
	columnType
	columnTitle
	columnDescription
	columnWidth
	columnPrecision
	columnScale
	columnNullable
	columnUnique
	columnPrimaryKey
	columnMetadata
	columnFields
)

const (
	crsOrg = iota
	crsCode
	crsName
	crsDescription
	crsWKT
	crsCodeString
	crsFields
)

const (
	geometryEnds = iota
	geometryXY
	geometryZ
	geometryM
	geometryT
	geometryTM
	geometryType
	geometryParts
	geometryFields
)

const (
	featureGeometry = iota
	featureProperties
	featureColumns
	featureFields
)

// Types of columns.
const (
	typeBool     = 2
	typeLong     = 7
	typeDouble   = 10
	typeString   = 11
	typeJSON     = 12
	typeDateTime = 13
)
