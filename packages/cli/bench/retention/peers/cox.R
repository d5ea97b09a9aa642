# Rscript cox.R FOLDER ROWS COLUMNS REPEATS: times coxph() and the fitter that it calls (survival:::coxph.fit) on raw
# doubles, in process, after one warm-up of each; prints one JSON object.
suppressMessages(library(survival))
a <- commandArgs(TRUE); n <- as.integer(a[2]); p <- as.integer(a[3]); reps <- as.integer(a[4])
read <- function(name, count) readBin(file.path(a[1], name), 'double', count, endian = 'little')
x <- matrix(read('x.bin', n * p), n, p, byrow = TRUE)
y <- Surv(read('time.bin', n), read('event.bin', n))
whole <- function() coxph(y ~ x, ties = 'efron')
bare <- function() survival:::coxph.fit(x, y, strata = NULL, offset = NULL, init = NULL, control = coxph.control(),
                                        weights = NULL, method = 'efron', rownames = as.character(seq_len(n)))
# elapsed seconds, and those of the processor
timed <- function(f) { t <- proc.time(); f(); d <- proc.time() - t; c(d[['elapsed']], d[['user.self']] + d[['sys.self']]) }
first <- timed(whole)[1]; invisible(bare())
fit <- whole()
wholes <- matrix(0, reps, 2); bares <- wholes
for (i in seq_len(reps)) { wholes[i, ] <- timed(whole); bares[i, ] <- timed(bare) }
peak <- sub('[^0-9]*([0-9]+).*', '\\1', grep('VmHWM', readLines('/proc/self/status'), value = TRUE))
list17 <- function(v) paste0('[', paste(sprintf('%.17g', v), collapse = ','), ']')
cat(sprintf('{"first":%.4f,"coxph":%.4f,"fit":%.4f,"coxphCpu":%.4f,"fitCpu":%.4f,"peakMB":%.1f,"logLikelihood":%.17g,"concordance":%.17g,"concordanceError":%.17g,"coefficients":%s,"standardErrors":%s,"version":"%s"}\n',
  first, median(wholes[, 1]), median(bares[, 1]), median(wholes[, 2]), median(bares[, 2]), as.numeric(peak) / 1024, fit$loglik[2], fit$concordance[['concordance']],
  fit$concordance[['std']], list17(coef(fit)), list17(sqrt(diag(vcov(fit)))), as.character(packageVersion('survival'))))
