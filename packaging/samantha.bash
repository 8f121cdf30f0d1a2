# Completion of the samantha command for bash. The commands and their words are asked of the program's own --help.
_samantha() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= i
    case $prev in
        --data) COMPREPLY=($(compgen -d -- "$cur")); return ;;
        --config|--passphrase-file|rehearse) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --mind) COMPREPLY=($(compgen -W "small http://" -- "$cur")); return ;;
        --guard) COMPREPLY=($(compgen -W "on off" -- "$cur")); return ;;
        --as|--seed) return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "--data --config --as --mind --passphrase-file --json --help --version" -- "$cur"))
        return
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --data|--config|--as|--mind|--passphrase-file|--seed|--guard) ((i++)) ;;
            -*) ;;
            *) command=${COMP_WORDS[i]}; break ;;
        esac
    done
    if [[ -z $command ]]; then
        COMPREPLY=($(compgen -W "$("$1" --help 2>/dev/null | sed -n 's/^  \([a-z]*\)  .*/\1/p')" -- "$cur"))
    elif [[ $command == config && $prev == set ]]; then
        COMPREPLY=($(compgen -W "$("$1" config show 2>/dev/null | sed -n 's/^\([a-z][a-z_.]*\) .*/\1/p')" -- "$cur"))
    elif ((i == COMP_CWORD - 1)); then
        COMPREPLY=($(compgen -W "$("$1" "$command" --help 2>/dev/null | sed -n '1s/^usage: samantha [a-z]* //p' |
            tr '|' '\n' | sed -n 's/^ *\([a-z][a-z]*\).*/\1/p')" -- "$cur"))
    fi
}
complete -F _samantha samantha
