# Makes web/outlines.json from Natural Earth (public domain), as Debian's r-cran-rnaturalearthdata has it:
#
#   apt-get install r-base-core r-cran-rnaturalearthdata; Rscript web/outlines.R > web/outlines.json
#
# Areas at 1:110 million, in tenths of a degree; a ring is a polyline in the encoding of Google's Polyline Algorithm
# (longitude first, one decimal). States too small for that scale are points. What ISO 3166-1 has no code for takes the
# code of the state that ISO counts it to; dependencies, which kronik counts with their states, are land without a code.
# The Antarctic is left out.
at <- system.file("data", "Rdata.rdb", package = "rnaturalearthdata")
if (at == "") at <- Sys.getenv("RNATURALEARTHDATA")  # .../rnaturalearthdata/data/Rdata.rdb
world <- new.env()
invisible(lazyLoad(sub("\\.rdb$", "", at), world))
codes <- read.delim("data/actors/country_codes.tsv", comment.char = "#", na.strings = "", quote = "")$iso

rows <- function(name) {
  areas <- get(name, world)
  table <- attr(areas, "data")
  code <- as.character(table$iso_a3)
  without <- c("Northern Cyprus" = "CYP", "Somaliland" = "SOM", "Kosovo" = "KOS")
  code[is.na(code)] <- without[as.character(table$admin[is.na(code)])]
  code[!(code %in% c(codes, "ATA"))] <- ""
  list(areas = areas, code = code)
}

encode <- function(numbers) {
  one <- function(n) {
    n <- if (n < 0) -2 * n - 1 else 2 * n
    chars <- c()
    repeat {
      low <- n %% 32
      n <- n %/% 32
      chars <- c(chars, low + (if (n > 0) 32 else 0) + 63)
      if (n == 0) break
    }
    intToUtf8(chars)
  }
  paste(vapply(numbers, one, ""), collapse = "")
}

ring <- function(coords) {
  tenths <- round(coords * 10)
  tenths <- tenths[c(TRUE, rowSums(abs(diff(tenths))) > 0), , drop = FALSE]
  if (nrow(tenths) < 4) return(NULL)
  encode(as.vector(t(rbind(tenths[1, ], diff(tenths)))))
}

quoted <- function(text) paste0('"', gsub('\\', '\\\\', text, fixed = TRUE), '"')

large <- rows("countries110")
rings <- list()
for (i in seq_along(large$code)) {
  code <- large$code[i]
  if (code == "ATA") next
  for (part in attr(attr(large$areas, "polygons")[[i]], "Polygons")) {
    if (attr(part, "hole")) next  # of Lesotho, which is drawn over it
    rings[[if (code == "") "-" else code]] <- c(rings[[if (code == "") "-" else code]], ring(attr(part, "coords")))
  }
}
areas <- vapply(sort(names(rings)), function(code) {
  paste0(quoted(code), ":[", paste(vapply(rings[[code]], quoted, ""), collapse = ","), "]")
}, "")

# The middle of the largest area at 1:50 million.
small <- rows("countries50")
points <- list()
for (i in seq_along(small$code)) {
  code <- small$code[i]
  if (code %in% c("", "ATA", names(rings))) next
  parts <- attr(attr(small$areas, "polygons")[[i]], "Polygons")
  middle <- attr(parts[[which.max(vapply(parts, function(part) attr(part, "area"), 0))]], "labpt")
  points[[code]] <- paste0(quoted(code), ":[", paste(round(middle, 1), collapse = ","), "]")
}
tiny <- rows("tiny_countries110")
for (i in which(tiny$code != "")) {
  code <- tiny$code[i]
  if (code %in% c(names(rings), names(points))) next
  points[[code]] <- paste0(quoted(code), ":[", paste(round(attr(tiny$areas, "coords")[i, ], 1), collapse = ","), "]")
}
points <- unlist(points[sort(names(points))])
missing <- setdiff(codes, c(names(rings), names(points)))
if (length(missing) > 0) message("nowhere: ", paste(missing, collapse = " "))

cat('{"source":"Natural Earth 1:110m and 1:50m, naturalearthdata.com, public domain; made by web/outlines.R",\n"areas":{\n',
    paste(areas, collapse = ",\n"), '\n},\n"points":{\n', paste(points, collapse = ",\n"), "\n}}\n", sep = "")
