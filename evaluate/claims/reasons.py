"""Why a claim holds, does not, or cannot be verified, as a person reads it."""

from __future__ import annotations

from ...schema.language import Text

COUNTED = Text("Contado en las filas.", "Counted in the rows.")
COMPUTED = Text(
    "Contado en las filas, con la ejecución calculada de su meta y su resultado.",
    "Counted in the rows, by the execution computed from target and actual.",
)
SUMMED = Text("Suma de las filas.", "Sum of the rows.")
MEAN = Text("Calculado de los porcentajes de las filas.", "Computed from the percentages of the rows.")
OWN = Text("Sale de las cifras de la propia frase.", "Follows from the figures of the sentence itself.")
AREA = Text(
    "Contado en las filas cuya unidad lleva ese nombre, o en las demás.",
    "Counted in the rows whose unit bears that name, or in the others.",
)
STATED_ELSEWHERE = Text(
    "El documento no trae todas las filas; lo confirman las cuentas que el texto da de cada parte.",
    "The document does not print all rows; the counts that the text gives of each part confirm it.",
)
NO_ROWS = Text("El documento no tiene filas de ese alcance.", "The document has no rows of that scope.")
NO_UNIT = Text("No consta qué filas son de esa unidad o parte.", "It is not certain which rows are of that unit or part.")
NOT_IN_ROWS = Text("Las filas no dicen eso.", "The rows do not tell that.")
NO_PERCENT = Text("Las filas de ese alcance no dan porcentajes.", "The rows of that scope give no percentages.")
WHICH_MEAN = Text(
    "El texto no dice cómo se calcula; ningún modo usual da esa cifra.",
    "The text does not say how it is computed; no usual way gives that figure.",
)
NO_WAY = Text(
    "Es el promedio simple de las filas; tampoco la dan el que topa en 100, el ponderado ni el de los promedios por unidad u objetivo.",
    "It is the plain mean of the rows; nor do the one cut at 100, the weighted one, or that of the means by unit or objective give it.",
)
NO_MEAN = Text("Ningún promedio de las filas llega ahí.", "No mean of the rows comes near.")
WHICH_ROWS = Text("No consta de qué filas habla.", "It is not certain which rows it speaks of.")
ANOTHER_TIME = Text("La frase habla de otro período que las filas.", "The sentence speaks of another period than the rows.")
OTHER_KIND = Text("Las filas del documento no son de esa clase de cosa.", "The document's rows are not that kind of thing.")
SUM_UNKNOWN = Text("No consta de qué filas es la suma.", "It is not certain of which rows it is the sum.")
SUM_DIFFERS = Text("Las cifras de las filas suman otra cosa.", "The figures of the rows add up to something else.")
AREA_UNKNOWN = Text("Las filas no dicen de qué área son.", "The rows do not say of which area they are.")
OBJECTIVES = Text("Los títulos del documento dan otra cuenta.", "The document's headings give another count.")
RANGE = Text("Las filas dejan abierto entre {low} y {high}.", "The rows leave open between {low} and {high}.")
MISSING = Text("El documento trae {rows} filas de las {whole} que dice.", "The document prints {rows} rows of the {whole} that it states.")
PLANNED = Text(
    "El documento trae {rows} filas, las que dice evaluadas; las demás planificadas no constan.",
    "The document prints {rows} rows, those it says were evaluated; the others that were planned are not there.",
)
LACKING = Text("El documento trae {rows} filas de ese alcance.", "The document prints {rows} rows of that scope.")
MORE = Text("El documento trae {rows} filas con cifras de ese alcance.", "The document prints {rows} rows with figures of that scope.")
MORE_THAN_PLANNED = Text("Son más que los que la misma parte dice planificados.", "They are more than the same part says were planned.")
ROWS_AT_MOST = Text("Según las filas son entre {low} y {high}.", "By the rows it is between {low} and {high}.")
OWN_DIFFER = Text("Las cifras de la propia frase dan otra cosa.", "The figures of the sentence itself give something else.")
CUT = Text("Parece cortado o ajustado en vez de redondeado.", "It seems cut off or adjusted instead of rounded.")
AGAINST_STATED = Text(
    "Las cuentas que el texto da de cada parte dan otra cosa.", "The counts that the text gives of each part give something else."
)
OWN_LINE = Text("Sale de las cifras de su propia línea.", "Follows from the figures of its own line.")
AS_THE_OTHERS = Text(
    "Calculado como las demás líneas del mismo cuadro, que sí concuerdan.", "Computed as the other lines of the same table, which do agree."
)
ADD_UP = Text("Las líneas suman el total.", "The lines add up to the total.")
DO_NOT_ADD_UP = Text("Las líneas del cuadro no suman su total.", "The lines of the table do not add up to its total.")
