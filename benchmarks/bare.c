/* A floor for any implementation: visit every account week by week, touch the bytes that a week
   touches, do as many draws and calls of the C library as the model does, and nothing else.

   bare ACCOUNTS WEEKS RECORD_BYTES PHILOX EXP LOG ERFC COS SQRT
   The counts are by account and week. Prints nanoseconds of processor time by account and week. */

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BLOCK = 40, REPEATS = 3, KINDS = 6 };
enum { PHILOX, EXP, LOG, ERFC, COS, SQRT };

/* The first bytes of an account, as in the model. */
typedef struct {
    int32_t id, rep, age, needs;
    char is_open, is_ready, planned_target, asked;
    double next_need, progress, habit, misjudged, log_plan_value, log_sales;
    double pull, hours, attention, trust, size, need_rate;
} Account;

static uint32_t philox(uint32_t occasion, uint32_t who, uint32_t purpose)
{
    uint32_t c0 = occasion, c1 = who, c2 = purpose, c3 = 0, k0 = 1, k1 = 0;
    for (int round = 0; round < 10; round++) {
        uint64_t p = (uint64_t)0xD2511F53u * c0, q = (uint64_t)0xCD9E8D57u * c2;
        c0 = (uint32_t)(q >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)q;
        c2 = (uint32_t)(p >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)p;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return c0 ^ c1 ^ c2 ^ c3;
}

/* Divide a block's hours over its accounts: a logarithm and an exponential for each. */
static double divide(char *records, size_t bytes, int count)
{
    double total = 0.0;
    for (int k = 0; k < count; k++) {
        Account *a = (Account *)(records + k * bytes);
        double weight = a->habit * 0.9 + 0.7 * log(a->trust > 0.01 ? a->trust : 0.01);
        weight += 0.3 * (a->log_plan_value + a->misjudged * 0.5) + 0.3 * (a->log_sales - 3.0);
        a->pull = exp(weight - 6.0) * (a->is_open ? 3.0 : 1.0);
        total += a->pull;
    }
    return 11.0 / total;
}

/* Hours become attention and trust; the next need is looked at. */
static void live(char *records, size_t bytes, int count, double per_pull, double week)
{
    for (int k = 0; k < count; k++) {
        Account *a = (Account *)(records + k * bytes);
        a->hours = per_pull * a->pull;
        a->attention = a->hours + 0.85 * (a->attention - a->hours);
        double response = a->attention / (a->attention + 0.15);
        a->trust = a->trust * 0.9945 + 0.006 * response * (1.0 - a->trust);
        if (a->is_open)
            a->progress += 0.1 * response;
        if (a->next_need < week) {
            a->needs++;
            a->is_open = !a->is_open;
            a->next_need += 12.5;
        }
    }
}

/* The calls beyond one logarithm and one exponential for each account. */
static double call(const long todo[KINDS], double x, uint32_t week, uint32_t block)
{
    double sum = 0.0;
    for (long k = 0; k < todo[PHILOX]; k++) sum += philox(week, block, (uint32_t)k) * 1e-12;
    for (long k = 0; k < todo[EXP]; k++) sum += exp(-x - 0.01 * k);
    for (long k = 0; k < todo[LOG]; k++) sum += log(x + 0.01 * k);
    for (long k = 0; k < todo[ERFC]; k++) sum += erfc(x + 0.01 * k);
    for (long k = 0; k < todo[COS]; k++) sum += cos(6.0 * x + 0.01 * k);
    for (long k = 0; k < todo[SQRT]; k++) sum += sqrt(x + 0.01 * k);
    return sum;
}

static double run(char *records, int accounts, int weeks, size_t bytes, const double each[KINDS])
{
    double carry[KINDS] = {0}, sum = 0.0;
    for (int t = 0; t < weeks; t++) {
        for (int first = 0; first < accounts; first += BLOCK) {
            int count = accounts - first < BLOCK ? accounts - first : BLOCK;
            char *block = records + (size_t)first * bytes;
            long todo[KINDS];
            for (int kind = 0; kind < KINDS; kind++) {
                carry[kind] += each[kind] * count;
                todo[kind] = (long)carry[kind];
                carry[kind] -= todo[kind];
            }
            live(block, bytes, count, divide(block, bytes, count), t + 1.0);
            sum += call(todo, ((Account *)block)->trust, (uint32_t)t, (uint32_t)first);
        }
    }
    return sum;
}

static void found(char *records, int accounts, size_t bytes)
{
    memset(records, 0, (size_t)accounts * bytes);
    for (int k = 0; k < accounts; k++) {
        Account *a = (Account *)(records + k * bytes);
        a->id = k;
        a->next_need = 12.5 * (philox(0, (uint32_t)k, 1) / 4294967296.0);
        a->habit = philox(0, (uint32_t)k, 2) / 4294967296.0 - 0.5;
        a->misjudged = philox(0, (uint32_t)k, 3) / 4294967296.0 - 0.5;
        a->log_plan_value = 10.0;
        a->log_sales = 12.0;
        a->attention = 0.3;
        a->trust = 0.2 + 0.6 * (philox(0, (uint32_t)k, 4) / 4294967296.0);
    }
}

int main(int argc, char **argv)
{
    if (argc != 4 + KINDS) return 2;
    int accounts = atoi(argv[1]), weeks = atoi(argv[2]);
    size_t bytes = (size_t)atol(argv[3]);
    double each[KINDS], least = INFINITY, sum = 0.0;
    for (int kind = 0; kind < KINDS; kind++) each[kind] = atof(argv[4 + kind]);
    each[EXP] -= 1.0;
    each[LOG] -= 1.0;
    char *records = malloc((size_t)accounts * bytes);
    if (!records || bytes < sizeof(Account)) return 2;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        found(records, accounts, bytes);
        clock_t start = clock();
        sum += run(records, accounts, weeks, bytes, each);
        double spent = (double)(clock() - start) / CLOCKS_PER_SEC;
        double nanoseconds = spent / accounts / weeks * 1e9;
        if (nanoseconds < least) least = nanoseconds;
    }
    free(records);
    printf("%.3f %g\n", least, sum);
    return 0;
}
