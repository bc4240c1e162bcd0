"""What fuzzing starts from: the samples that come with veedor, and words and figures as plans print them."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
WORDS = (
    *("Código", "Actividad", "Indicador", "Meta", "META ANUAL", "EN-MAR", "ABR-JUN", "REAL EN-JUN", "% Realizado", "Resultado", "T1", "T2"),
    *("Unidad de medida", "Observaciones", "Producto", "TOTAL", "INICIO", "FIN", "Semáforo", "Unidad", "2022", "Enero a junio de 2022"),
    *("AO.1.1.", "AE.2.1. ", "AO PQD G1.1", "OE1", "C1.A02", "1.2.3", "P/E", "BUENO", "Bueno: mayor a 99%", "PERMANENTE", "N/A", "-", "≥"),
    *("1,144", "87.540", "30000,000", "1'250,000.00", "1 234 567", "(5)", "$ 40", "S/ 3", "100%", "10 días", "½", "2 millones", "1.250.-"),
    *("03/01/2021", "31/02/2021", "2021-01-31", "15 de enero de 2024", "I trimestre", "primer semestre", "MISIÓN:", "OBJETIVO"),
)
