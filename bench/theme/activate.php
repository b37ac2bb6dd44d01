<?php
// php activate.php SITE — makes the theme in wp-content/themes/frame that of a WordPress on this machine.
$_SERVER['HTTP_HOST']='127.0.0.1';$_SERVER['REQUEST_METHOD']='GET';$_SERVER['SERVER_NAME']='127.0.0.1';
require $argv[1].'/wp-load.php'; update_option('template','frame'); update_option('stylesheet','frame');
