# What R's package survey takes for the shares of a question by every split: seconds of the processor, sum of the errors.
# Rscript intake.R SAMPLE.csv psu|none QUESTION... ; called by benchmarks/intake.py
suppressPackageStartupMessages(library(survey))
arguments <- commandArgs(TRUE)
sample <- read.csv(arguments[1])
began <- proc.time()
whole <- if (arguments[2] == "psu") {
  svydesign(id = ~psu, strata = ~stratum, weights = ~weight, fpc = ~population, nest = TRUE, data = sample)
} else {
  svydesign(id = ~1, strata = ~stratum, weights = ~weight, data = sample)
}
sum <- 0
for (question in arguments[-(1:2)]) {
  answered <- whole
  answered$variables$answer <- factor(answered$variables[[question]])
  answered <- subset(answered, sample[[question]] >= 0)
  answered$variables$answer <- droplevels(answered$variables$answer)
  sum <- sum + sum(SE(svymean(~answer, answered)))
  for (split in c("sector", "size", "field", "region", "kind", "sector + size")) {
    by <- svyby(~answer, as.formula(paste("~", split)), answered, svymean, keep.names = FALSE)
    sum <- sum + sum(SE(by))
  }
}
cat(sum((proc.time() - began)[c("user.self", "sys.self")]), format(sum, digits = 15), "\n")
