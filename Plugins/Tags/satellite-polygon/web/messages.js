/** What the tag says, by language. */
export const messages = {
  en: {
    "Satellite polygon": "Satellite polygon",
    "Hole in a satellite polygon": "Hole in a satellite polygon",
    "Fill all holes": "Fill all holes",
    draw: "Draw a satellite polygon",
    cut: "Cut a hole",
    noPlace: "no place on the Earth",
    noFootprint:
      "This task has no footprint (data.footprint: longitude and latitude of the image's corners), so satellite polygons cannot be drawn on it.",
    noPolygonHere: "A hole begins inside a satellite polygon.",
    holeOutside: "The hole must lie inside one polygon and apart from its other holes.",
    tooFewPoints: "A satellite polygon needs three corners.",
    tooSmall: "The polygon is smaller than this project accepts.",
    crosses: "Edges of the polygon cross. Take the last corner back with Control-Z.",
  },
  de: {
    "Satellite polygon": "Satellitenpolygon",
    "Hole in a satellite polygon": "Loch im Satellitenpolygon",
    "Fill all holes": "Alle Löcher füllen",
    draw: "Ein Satellitenpolygon zeichnen",
    cut: "Ein Loch ausschneiden",
    noPlace: "ohne Ort auf der Erde",
    noFootprint:
      "Diese Aufgabe hat keinen Footprint (data.footprint: Länge und Breite der Bildecken); Satellitenpolygone lassen sich darauf nicht zeichnen.",
    noPolygonHere: "Ein Loch beginnt innerhalb eines Satellitenpolygons.",
    holeOutside: "Das Loch muss in einem Polygon und abseits seiner anderen Löcher liegen.",
    tooFewPoints: "Ein Satellitenpolygon braucht drei Ecken.",
    tooSmall: "Das Polygon ist kleiner, als dieses Projekt annimmt.",
    crosses: "Kanten des Polygons kreuzen sich. Strg-Z nimmt die letzte Ecke zurück.",
  },
  fr: {
    "Satellite polygon": "Polygone satellite",
    "Hole in a satellite polygon": "Trou dans un polygone satellite",
    "Fill all holes": "Combler tous les trous",
    draw: "Dessiner un polygone satellite",
    cut: "Découper un trou",
    noPlace: "sans position sur Terre",
    noFootprint:
      "Cette tâche n'a pas d'emprise (data.footprint : longitude et latitude des coins de l'image) ; on ne peut pas y dessiner de polygones satellites.",
    noPolygonHere: "Un trou commence à l'intérieur d'un polygone satellite.",
    holeOutside: "Le trou doit être dans un seul polygone et à l'écart de ses autres trous.",
    tooFewPoints: "Un polygone satellite a besoin de trois sommets.",
    tooSmall: "Le polygone est plus petit que ce que ce projet accepte.",
    crosses: "Des arêtes du polygone se croisent. Reprenez le dernier sommet avec Contrôle-Z.",
  },
};
