# The answers of R's package survey to the designs of tests/test_intake_shares.py.
# Rscript shares.R SAMPLE.csv SHARES.csv
suppressPackageStartupMessages(library(survey))
arguments <- commandArgs(TRUE)
sample <- read.csv(arguments[1])
sample$every <- 1

# lonely, ids, strata, fpc; weights are w
designs <- list(
  random = list("fail", ~1, NULL, NULL),
  strata = list("fail", ~1, ~h, NULL),
  strata_fpc = list("fail", ~1, ~h, ~n_h),
  psus = list("fail", ~i, NULL, NULL),
  nested = list("fail", ~i, ~h, NULL),
  nested_fpc = list("fail", ~i, ~h, ~m_h),
  remove = list("remove", ~i, ~lone, NULL),
  certainty = list("certainty", ~i, ~lone, NULL),
  adjust = list("adjust", ~i, ~lone, NULL),
  average = list("average", ~i, ~lone, NULL),
  adjust_fpc = list("adjust", ~i, ~lone, ~m_lone),
  average_fpc = list("average", ~i, ~lone, ~m_lone)
)
items <- list(c("yes", "yes", "1"), c("grade", "high", "4"), c("grade", "high_or_some", "3 4"), c("rare", "rare", "1"))
splits <- c("every", "sector", "size", "sector size")

shares <- list()
for (name in names(designs)) {
  one <- designs[[name]]
  options(survey.lonely.psu = one[[1]])
  whole <- svydesign(id = one[[2]], strata = one[[3]], fpc = one[[4]], weights = ~w, nest = TRUE, data = sample)
  for (item in items) for (split in splits) {
    columns <- strsplit(split, " ")[[1]]
    cells <- unique(sample[columns])
    cells <- cells[do.call(order, cells), , drop = FALSE]
    for (at in seq_len(nrow(cells))) {
      cell <- unlist(cells[at, ])
      inside <- sample[[item[1]]] >= 0
      for (k in seq_along(columns)) inside <- inside & sample[[columns[k]]] == cell[k]
      if (any(cell < 0) || !any(inside)) next
      domain <- subset(whole, inside)
      domain$variables$y <- as.numeric(domain$variables[[item[1]]] %in% strsplit(item[3], " ")[[1]])
      n <- nrow(domain$variables)
      df <- degf(domain)
      got <- svymean(~y, domain)
      p <- as.numeric(coef(got))
      v <- as.numeric(vcov(got))
      logit <- beta <- c(NA, NA)
      if (p > 0 && p < 1 && v > 0 && df > 0) {
        logit <- as.numeric(attr(svyciprop(~y, domain, method = "xlogit"), "ci"))
        # R does not keep the effective n of Korn and Graubard below n, which they do.
        effective <- p * (1 - p) / v * (qt(0.025, n - 1) / qt(0.025, df))^2
        if (effective < n) beta <- as.numeric(attr(svyciprop(~y, domain, method = "beta"), "ci"))
      }
      shares[[length(shares) + 1]] <- data.frame(
        design = name, column = item[1], response = item[2], split = if (split == "every") "" else split,
        cell = if (split == "every") "" else paste(cell, collapse = " "), n = n, n_answer = sum(domain$variables$y),
        value = p, se = if (p > 0 && p < 1) sqrt(v) else 0, df = df,
        logit_low = logit[1], logit_high = logit[2], beta_low = beta[1], beta_high = beta[2]
      )
    }
  }
}
shares <- do.call(rbind, shares)
number <- sapply(shares, is.numeric)
shares[number] <- lapply(shares[number], signif, 13)
write.csv(shares, arguments[2], row.names = FALSE, quote = FALSE, na = "")
