# Samantha - one Makefile, no configure step. `make help` lists the targets.
#   BUILD=dir           where things are built (default: build; build-SANITIZER with one)
#   SANITIZER=address,undefined|thread|fuzzer…    WERROR=1   FUZZ=seconds a fuzzer   QUICK=1 (bench)
#   V=1                 show each compiler line
#   MODEL=file          a sense model made before (a sanitizer build takes the plain one)
CC      ?= cc
CLANG   ?= clang
Q       := $(if $(V),,@)
comma   := ,
BUILD   ?= build$(if $(SANITIZER),-$(subst $(comma),-,$(SANITIZER)))
FUZZ    ?= 30
MODEL   ?= $(BUILD)/sense.model
DEPS     = sqlite3 jansson libcurl libsodium
PKG     := $(shell pkg-config --cflags $(DEPS) 2>/dev/null)
LIBS    := $(shell pkg-config --libs $(DEPS) 2>/dev/null) -linih -lev -lpthread -lm
OPT     ?= -O2 -g
VERSION  = 0.1.0
CFLAGS  += -std=c17 -D_GNU_SOURCE -DSAMANTHA_VERSION=\"$(VERSION)\" $(OPT) -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Isrc -I$(BUILD)/gen $(PKG) -MMD -MP
CFLAGS  += -fstack-protector-strong -fno-omit-frame-pointer $(if $(WERROR),-Werror)
ifdef SANITIZER
CFLAGS  += -fsanitize=$(SANITIZER) -fno-sanitize-recover=all
LDFLAGS += -fsanitize=$(SANITIZER)
endif

SRC     := $(sort $(wildcard src/*/*.c src/*/*/*.c))
LIBSRC  := $(filter-out src/main/main.c,$(SRC))
OBJ     := $(LIBSRC:%.c=$(BUILD)/%.o)
LIB     := $(BUILD)/libsamantha.a
SHIPPED := $(sort $(shell find voice doc/crisis-lines.tsv -type f 2>/dev/null | grep -v '^voice/labels/'))
UNIT    := $(sort $(wildcard tests/*/*_test.c))
UNITBIN := $(UNIT:%.c=$(BUILD)/%)
FUZZERS := $(sort $(wildcard tests/fuzz/*_fuzz.c))

.PHONY: all help setup talk unit test check bench install uninstall deb clean layers limits lint-voice fuzz alloc
all: need $(BUILD)/samantha $(BUILD)/compile_commands.json
.PHONY: need
need:
	@packaging/setup.sh --check build

help:            ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

setup:           ## install what building and talking need (Debian packages)
	@packaging/setup.sh talk

talk: setup      ## build, then talk with her
	@$(MAKE) --no-print-directory $(BUILD)/samantha
	@$(BUILD)/samantha talk

$(BUILD)/samantha: $(BUILD)/src/main/main.o $(LIB) $(BUILD)/embed.o
	@echo "  link  $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)
$(LIB): $(OBJ)
	@rm -f $@; ar rcs $@ $^
$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  cc    $<"
	$(Q)$(CC) $(CFLAGS) -c -o $@ $<

# What ships inside the program: voice/, the crisis lines, the sense model (trained here, from voice/labels/).
$(BUILD)/embed.S: $(SHIPPED) $(MODEL) packaging/embed.sh
	@mkdir -p $(@D)
	@packaging/embed.sh $(MODEL) $(SHIPPED) > $@
$(BUILD)/embed.o: $(BUILD)/embed.S
	@$(CC) -c -o $@ $<
TRAIN_OBJ = $(patsubst %.c,$(BUILD)/%.o,$(filter-out src/base/embed.c,$(wildcard src/base/*.c src/care/learn*.c src/care/lexicon.c src/care/rules.c)))
TAUGHT    = $(sort $(wildcard voice/labels/*.jsonl)) voice/lexicon/feelings.txt voice/lexicon/concepts.txt voice/conduct/sense.txt voice/conduct/risk.txt
$(BUILD)/train-sense: train/sense.c $(TRAIN_OBJ)
	@mkdir -p $(@D)
	@echo "  cc    $<"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/sense.model: $(BUILD)/train-sense $(TAUGHT)
	$(BUILD)/train-sense -o $@ $(TAUGHT)

$(BUILD)/compile_commands.json: Makefile $(SRC)
	@packaging/compdb.sh "$(CC) $(CFLAGS)" $(SRC) > $@

# ---- tests ------------------------------------------------------------------------------------------------------
$(BUILD)/tests/%: tests/%.c $(LIB) $(BUILD)/embed.o $(wildcard tests/*.h)
	@mkdir -p $(@D)
	@echo "  test  $<"
	$(Q)$(CC) $(CFLAGS) -Itests $(LDFLAGS) -o $@ $< $(BUILD)/embed.o $(LIB) $(LIBS)
unit: $(UNITBIN) ## the unit tests: under 10 s, no servers
	@tests/run.sh unit $(BUILD) $(UNITBIN)
test:            ## everything: unit, servers, clients, conduct; last line "N passed, N failed"
	@packaging/setup.sh test
	@$(MAKE) --no-print-directory all $(UNITBIN)
	@tests/run.sh all $(BUILD) $(UNITBIN)
layers:          ## who may include whom
	@tests/layers.sh
limits:          ## sizes of files, functions, headers
	@tests/limits.sh
check:           ## sanitizers, layers, limits, allocation failure, each fuzzer for FUZZ seconds
	@packaging/setup.sh test
	@tests/check.sh $(FUZZ)
$(BUILD)/fuzz/%: tests/fuzz/%.c
	@tests/fuzz.sh build $(BUILD) $*
fuzz:            ## each fuzzer for FUZZ seconds
	@tests/fuzz.sh run $(FUZZ) $(FUZZERS)

bench:           ## every benchmark: a table and build/bench.json (QUICK=1: short)
	@packaging/setup.sh bench
	@$(MAKE) --no-print-directory all
	@bench/run.sh $(BUILD)
bench-%:         ## one benchmark
	@$(MAKE) --no-print-directory all
	@bench/run.sh $(BUILD) $*

PREFIX ?= /usr
install: all     ## into DESTDIR; a life is never touched
	@packaging/install.sh $(BUILD) "$(DESTDIR)" $(PREFIX)
uninstall:       ## takes the program away, leaves every life
	@packaging/install.sh --remove "$(DESTDIR)" $(PREFIX)
deb: all         ## a Debian package in build/
	@packaging/deb.sh $(BUILD)
clean:           ## what was built
	rm -rf build build-*

-include $(OBJ:.o=.d) $(BUILD)/src/main/main.d $(UNITBIN:=.d)
