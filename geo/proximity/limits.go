package proximity

// Limits of a request. Beyond them the answer is an error of code TooLarge or
// Invalid that names the limit.
const (
	// MaxK is how many nearest features can be asked for, for each origin.
	MaxK = 1000
	// MaxOrigins is how many places a question can start from.
	MaxOrigins = 10_000
	// MaxTargets is how many target collections a question can name.
	MaxTargets = 16
	// MaxPairs is how many pairs of origin and target an answer can list.
	MaxPairs = 100_000
	// MaxRings is how many radii a buffer or a summary can have.
	MaxRings = 10
	// MaxSums is how many properties can be summed.
	MaxSums = 16
	// MaxDistance is the longest distance that can be asked about: half way round
	// the earth, in metres. No two points are further apart.
	MaxDistance = 20_003_931.0
	// MaxBufferRadius is the largest radius of a buffer, in metres.
	MaxBufferRadius = 1_000_000.0
	// MaxBufferVertices is how many vertices a place can have for a buffer around it.
	MaxBufferVertices = 100_000
	// MaxUnlocated is how many candidates without a position an answer names; the rest are counted.
	MaxUnlocated = 100
	// maxWaterLines bounds the lines compared with the land in one answer.
	maxWaterLines = 5000
)
