# completions: words for shells.
bashcompletiondir = $(datadir)/bash-completion/completions
dist_bashcompletion_DATA = completions/hylla.bash
zshcompletiondir = $(datadir)/zsh/site-functions
dist_zshcompletion_DATA = completions/_hylla
