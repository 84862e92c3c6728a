# The answers of R's package survey to the designs of tests/test_intake_shares.py.
# Rscript shares.R SAMPLE.csv SHARES.csv DIFFERENCES.csv
suppressPackageStartupMessages(library(survey))
arguments <- commandArgs(TRUE)
sample <- read.csv(arguments[1])
sample$every <- 1

taylor <- function(ids, strata = NULL, fpc = NULL) svydesign(ids, strata = strata, fpc = fpc, weights = ~w, nest = TRUE, data = sample)
sizes <- tapply(sample$wp, sample$g, sum)
post <- function(design) postStratify(design, ~g, data.frame(g = names(sizes), Freq = as.numeric(sizes)))
replicated <- function(columns, type, ...) svrepdesign(weights = ~w, repweights = paste0("^", columns, "[0-9]"), type = type, data = sample, ...)
# lonely, design
designs <- list(
  random = list("fail", quote(taylor(~1))),
  strata = list("fail", quote(taylor(~1, ~h))),
  strata_fpc = list("fail", quote(taylor(~1, ~h, ~n_h))),
  psus = list("fail", quote(taylor(~i))),
  nested = list("fail", quote(taylor(~i, ~h))),
  nested_fpc = list("fail", quote(taylor(~i, ~h, ~m_h))),
  remove = list("remove", quote(taylor(~i, ~lone))),
  certainty = list("certainty", quote(taylor(~i, ~lone))),
  adjust = list("adjust", quote(taylor(~i, ~lone))),
  average = list("average", quote(taylor(~i, ~lone))),
  adjust_fpc = list("adjust", quote(taylor(~i, ~lone, ~m_lone))),
  average_fpc = list("average", quote(taylor(~i, ~lone, ~m_lone))),
  two_stages = list("fail", quote(taylor(~i + j, ~h, ~m_h + n_i))),
  three_stages = list("adjust", quote(taylor(~i + j + k, ~h, ~m_h + n_i + n_j))),
  no_strata_stages = list("fail", quote(taylor(~hi + j, NULL, ~m + n_i))),
  remove_stages = list("remove", quote(taylor(~i + one, ~lone, ~m_lone + n_one))),
  certainty_stages = list("certainty", quote(taylor(~i + one, ~lone, ~m_lone + n_one))),
  adjust_stages = list("adjust", quote(taylor(~i + one, ~lone, ~m_lone + n_one))),
  average_stages = list("average", quote(taylor(~i + j, ~lone, ~m_lone + n_i))),
  post_random = list("fail", quote(post(taylor(~1)))),
  post_strata = list("fail", quote(post(taylor(~1, ~h, ~n_h)))),
  post_nested = list("fail", quote(post(taylor(~i, ~h, ~m_h)))),
  post_average = list("average", quote(post(taylor(~i, ~lone)))),
  post_stages = list("fail", quote(post(taylor(~i + j, ~h, ~m_h + n_i)))),
  jk1 = list("fail", quote(replicated("jk1_", "JK1", scale = 0.9, combined.weights = TRUE))),
  jk1_estimate = list("fail", quote(replicated("jk1_", "JK1", scale = 0.8, rscales = 1 - (1:10) / 100, mse = TRUE))),
  jkn = list("fail", quote(replicated("jkn_", "JKn", combined.weights = FALSE))),
  brr = list("fail", quote(replicated("brr_", "BRR"))),
  fay = list("fail", quote(replicated("fay_", "Fay", rho = 0.3))),
  bootstrap = list("fail", quote(replicated("boot_", "bootstrap"))),
  sdr = list("fail", quote(replicated("sdr_", "successive-difference", mse = TRUE)))
)
items <- list(c("yes", "yes", "1"), c("grade", "high", "4"), c("grade", "high_or_some", "3 4"), c("rare", "rare", "1"))
splits <- c("every", "sector", "size", "sector size")

shares <- list()
differences <- list()
for (name in names(designs)) {
  one <- designs[[name]]
  options(survey.lonely.psu = one[[1]])
  whole <- suppressWarnings(eval(one[[2]]))
  both <- suppressWarnings(subset(whole, yes >= 0 & sector < 3))
  if (is.null(whole$postStrata)) {
    by <- suppressWarnings(svyby(~yes, ~sector, both, svymean, covmat = TRUE))
    apart <- svycontrast(by, c(1, -1))
  } else {
    # svyby has no covariances of a calibrated design: the total of the difference of the scores has the same error.
    ones <- list(sample$yes >= 0 & sample$sector == 1, sample$yes >= 0 & sample$sector == 2)
    weights <- lapply(ones, function(one) weights(whole) * one)
    means <- sapply(weights, function(w) sum(w * sample$yes) / sum(w))
    scores <- lapply(1:2, function(k) ones[[k]] * (sample$yes - means[k]) / sum(weights[[k]]))
    apart <- svytotal(~score, update(whole, score = scores[[1]] - scores[[2]]))
    apart[1] <- means[1] - means[2]
  }
  differences[[name]] <- data.frame(design = name, value = as.numeric(coef(apart)), se = as.numeric(SE(apart)), df = degf(both))
  for (item in items) for (split in splits) {
    columns <- strsplit(split, " ")[[1]]
    cells <- unique(sample[columns])
    cells <- cells[do.call(order, cells), , drop = FALSE]
    for (at in seq_len(nrow(cells))) {
      cell <- unlist(cells[at, ])
      inside <- sample[[item[1]]] >= 0
      for (k in seq_along(columns)) inside <- inside & sample[[columns[k]]] == cell[k]
      if (any(cell < 0) || !any(inside)) next
      # A replicate in which nobody of the domain has a weight is left out, a calibrated design keeps everybody: R warns of both.
      domain <- suppressWarnings(subset(whole, inside))
      domain$variables$y <- as.numeric(domain$variables[[item[1]]] %in% strsplit(item[3], " ")[[1]])
      n <- sum(inside)
      df <- degf(domain)
      got <- suppressWarnings(svymean(~y, domain))
      p <- as.numeric(coef(got))
      v <- as.numeric(vcov(got))
      logit <- beta <- c(NA, NA)
      if (p > 0 && p < 1 && v > 0 && df > 0) suppressWarnings({
        logit <- as.numeric(attr(svyciprop(~y, domain, method = "xlogit"), "ci"))
        # R does not keep the effective n of Korn and Graubard below n, which they do, and of a calibrated design takes the whole for n.
        effective <- p * (1 - p) / v * (qt(0.025, n - 1) / qt(0.025, df))^2
        if (effective < n && n == nrow(domain$variables)) beta <- as.numeric(attr(svyciprop(~y, domain, method = "beta"), "ci"))
      })
      shares[[length(shares) + 1]] <- data.frame(
        design = name, column = item[1], response = item[2], split = if (split == "every") "" else split,
        cell = if (split == "every") "" else paste(cell, collapse = " "), n = n, n_answer = sum(sample[[item[1]]][inside] %in% strsplit(item[3], " ")[[1]]),
        value = p, se = if (p > 0 && p < 1) sqrt(v) else 0, df = df,
        logit_low = logit[1], logit_high = logit[2], beta_low = beta[1], beta_high = beta[2]
      )
    }
  }
}
written <- function(rows, path) {
  rows <- do.call(rbind, rows)
  number <- sapply(rows, is.numeric)
  rows[number] <- lapply(rows[number], signif, 13)
  write.csv(rows, path, row.names = FALSE, quote = FALSE, na = "")
}
written(shares, arguments[2])
written(differences, arguments[3])
