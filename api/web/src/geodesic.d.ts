declare module 'geographiclib-geodesic' {
  interface PolygonArea {
    AddPoint(lat: number, lon: number): void
    Compute(reverse: boolean, sign: boolean): { number: number; perimeter: number; area: number }
  }
  const geodesic: {
    Geodesic: {
      WGS84: {
        Inverse(lat1: number, lon1: number, lat2: number, lon2: number): { s12: number; azi1: number }
        Polygon(polyline: boolean): PolygonArea
      }
    }
  }
  export default geodesic
}
